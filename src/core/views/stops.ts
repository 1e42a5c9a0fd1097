import type { CaseId, MonitorId } from '#vocabulary/ids.ts';
import { shortId } from '#vocabulary/ids.ts';
import { lastFinding, type WorkCase } from '#work/state.ts';
import type { SiteState } from '../flow.ts';
import { versionShown } from './look.ts';
import type { Stop, StopWord } from './shapes.ts';

export const STOP_WORDS: readonly StopWord[] = [
  'objective',
  'asset',
  'failure mode',
  'monitor',
  'alert',
  'notification',
  'order',
  'finding',
  'money',
];

/** The stop at which an open case waits. */
export function waitsAt(work: WorkCase, state: SiteState): StopWord {
  if (work.closedAtMs !== null) return 'money';
  if (work.offer) return 'notification';
  const order = work.openOrderId ? state.work.orders.get(work.openOrderId) : null;
  if (order) return order.status === 'started' ? 'finding' : 'order';
  if (work.openDraftId) return 'order';
  return work.findings.length > 0 ? 'money' : 'finding';
}

interface Passed {
  value: string;
  href: string | null;
}

/** The nine stops of a case, each with what stands there or what is expected. */
export function caseStops(state: SiteState, caseId: CaseId): Stop[] {
  const work = state.work.cases.get(caseId);
  if (!work) return [];
  const here = waitsAt(work, state);
  const hereAt = STOP_WORDS.indexOf(here);
  const passed = { ...monitorPassed(state, work.monitorId), ...workPassed(state, work) };
  return STOP_WORDS.map((word, at) => {
    const found = passed[word];
    const closed = work.closedAtMs !== null;
    const late = at === hereAt && !closed && work.finishBy.latestFinishMs < state.nowMs;
    return {
      word,
      value: found?.value ?? expected(state, work, word),
      href: found?.href ?? null,
      state: late ? 'broken' : at < hereAt || (closed && found) ? 'passed' : at === hereAt ? 'here' : 'next',
      reason: late ? 'the latest finish has passed' : null,
    };
  });
}

/** The stops of a monitor: up to its alerts, then what may follow. */
export function monitorStops(state: SiteState, monitorId: MonitorId): Stop[] {
  const passed = monitorPassed(state, monitorId);
  const blind = state.detect.blind.has(monitorId);
  return STOP_WORDS.map((word, at) => ({
    word,
    value: passed[word]?.value ?? '',
    href: passed[word]?.href ?? null,
    state: at < 3 ? 'passed' : at === 3 ? (blind ? 'broken' : 'here') : 'next',
    reason: at === 3 && blind ? 'no valid signal' : null,
  }));
}

function monitorPassed(state: SiteState, monitorId: MonitorId): Partial<Record<StopWord, Passed>> {
  const version = versionShown(state, monitorId);
  const mode = version ? state.strategy.failureModes.get(version.definition.failureModeId) : undefined;
  const objective = mode ? state.strategy.objectives.get(mode.objectiveId) : undefined;
  const asset = mode ? state.strategy.assets.get(mode.assetId) : undefined;
  return {
    objective: { value: objective?.name ?? 'none', href: '/strategy' },
    asset: {
      value: asset ? `${shortId(asset.assetId)} ${asset.name}` : 'none',
      href: asset ? `/strategy/asset/${asset.assetId}` : null,
    },
    'failure mode': { value: mode?.name ?? 'none', href: asset ? `/strategy/asset/${asset.assetId}` : null },
    monitor: {
      value: version ? `${shortId(monitorId)}, version ${version.version}` : shortId(monitorId),
      href: `/monitor/${monitorId}`,
    },
  };
}

function workPassed(state: SiteState, work: WorkCase): Partial<Record<StopWord, Passed>> {
  const caseHref = `/work/case/${work.caseId}`;
  const passed: Partial<Record<StopWord, Passed>> = {
    alert: {
      value:
        work.alerts.length > 1
          ? `${work.alerts.length} alerts, first ${shortId(work.alertId)}`
          : shortId(work.alertId),
      href: `/alert/${work.alertId}`,
    },
  };
  const notification = work.notificationId ? state.work.notifications.get(work.notificationId) : null;
  if (notification) {
    const number = notification.cmmsNumber ?? shortId(notification.notificationId);
    passed.notification = { value: number, href: `${caseHref}#notification` };
  }
  const orderId = work.orders.at(-1);
  if (orderId) passed.order = { value: shortId(orderId), href: `/work/order/${orderId}` };
  const finding = lastFinding(work);
  if (finding) passed.finding = { value: finding.finding, href: `${caseHref}#findings` };
  const entry = [...state.outcome.entries.values()].find((booked) => booked.caseId === work.caseId);
  if (entry)
    passed.money = { value: `${shortId(entry.entryId)}, ${entry.status}`, href: `/outcome#${entry.entryId}` };
  return passed;
}

function expected(state: SiteState, work: WorkCase, word: StopWord): string {
  if (work.closedAtMs !== null) return 'none';
  if (word === 'notification') return 'same fault as an open one?';
  if (word === 'order') {
    const proposal = work.openDraftId ? state.plan.proposals.get(work.openDraftId) : null;
    return proposal?.dayMs ? 'draft, day proposed' : 'draft waits';
  }
  if (word === 'finding') return 'after the work';
  if (word === 'money') return 'if found';
  return '';
}
