import { versionInWork } from '#monitor/lifecycle.ts';
import type { Entry } from '#outcome/state.ts';
import { shortId } from '#vocabulary/ids.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import { lastFinding, type WorkCase, type WorkDraft, type WorkOrder } from '#work/state.ts';
import { isMatcher, unplannedOf } from './decision.ts';
import { blindSince, type Look, limitOf, readingOf, type Viewer, versionShown } from './look.ts';
import { looseNotifications, sameFaultQuestion } from './matching.ts';
import { governDuties } from './monitor-duties.ts';
import { faultOf, objectOf } from './rows.ts';
import type { TodayItem } from './shapes.ts';

/** What waits for one person, by what their roles answer for. */
export function dutiesOf(look: Look, viewer: Viewer): TodayItem[] {
  const items: TodayItem[] = [];
  for (const caseId of look.state.work.open) {
    const work = look.state.work.cases.get(caseId);
    const item = work ? caseDuty(look, work, viewer) : null;
    if (item) items.push(item);
  }
  items.push(...reportDuties(look, viewer));
  items.push(
    ...monitorDuties(look, viewer),
    ...governDuties(look, viewer),
    ...sensorDuties(look, viewer),
    ...moneyDuties(look, viewer),
  );
  return items.sort(
    (a, b) => (a.actByMs ?? Number.POSITIVE_INFINITY) - (b.actByMs ?? Number.POSITIVE_INFINITY),
  );
}

function caseDuty(look: Look, work: WorkCase, viewer: Viewer): TodayItem | null {
  const { state } = look;
  const draft = state.work.drafts.get(work.openDraftId ?? '');
  if (work.offer) return isMatcher(viewer) ? matchDuty(look, work, work.offer.answerByMs) : null;
  if (draft) {
    const asked = work.escalated.includes(`draft:${draft.draftId}`);
    if (viewer.roles.includes('planner')) return acceptDuty(look, work, draft);
    if (asked && work.owner === viewer.personId)
      return { ...acceptDuty(look, work, draft), act: 'decide', action: 'Decide' };
    return null;
  }
  const order = state.work.orders.get(work.openOrderId ?? '');
  return order ? orderDuty(look, work, order, viewer) : null;
}

function matchDuty(look: Look, work: WorkCase, answerByMs: number): TodayItem {
  const { state } = look;
  return {
    ...caseItem(look, work),
    id: `${work.caseId}/match`,
    act: 'match',
    title: sameFaultQuestion(state, work),
    detail: `${objectOf(state, work)}: ${faultOf(state, work)}.`,
    dayMs: null,
    actByMs: answerByMs,
    otherwise: { words: 'then one more is created', personId: null },
    action: 'Answer',
    href: `/work/case/${work.caseId}`,
  };
}

/** What people reported and no case has taken: a planner looks at it. */
function reportDuties({ state }: Look, viewer: Viewer): TodayItem[] {
  if (!viewer.roles.includes('planner')) return [];
  const asked = new Set<string>();
  for (const caseId of state.work.open) {
    for (const one of state.work.cases.get(caseId)?.offer?.candidates ?? []) asked.add(one.notificationId);
  }
  return looseNotifications(state)
    .filter((one) => one.origin === 'person' && !asked.has(one.notificationId))
    .map((one) => ({
      ...NO_CASE,
      id: one.notificationId,
      act: 'report',
      title: `Reported: ${one.assetName} ${shortId(one.assetId)}`,
      detail: `${one.name}, no case has it yet.`,
      sinceMs: one.reportedAtMs,
      actByMs: one.reportedAtMs + REPORT_WITHIN_MS,
      bad:
        one.reportedBy === null ? null : { kind: 'person', personId: one.reportedBy, words: 'reported it' },
      action: 'Open',
      href: '/work#notifications',
    }));
}

/** A planner has looked at a report by then; nothing follows by itself. */
const REPORT_WITHIN_MS = DAY_MS;

function acceptDuty(look: Look, work: WorkCase, draft: WorkDraft): TodayItem {
  const { state } = look;
  const dayMs = state.plan.proposals.get(draft.draftId)?.dayMs ?? null;
  const day = dayMs === null ? ' No day fits before the latest finish.' : '';
  return {
    ...caseItem(look, work),
    id: draft.draftId,
    act: 'accept',
    title: `Accept: ${draft.name}, ${objectOf(state, work)}`,
    detail: `${faultOf(state, work)}.${day}`,
    dayMs,
    actByMs: draft.waitsUntilMs,
    otherwise: {
      words: draft.waitsUntilMs <= look.nowMs ? 'the owner was asked' : 'then the owner is asked',
      personId: work.owner,
    },
    action: 'Accept',
    href: `/work/case/${work.caseId}`,
  };
}

function orderDuty(look: Look, work: WorkCase, order: WorkOrder, viewer: Viewer): TodayItem | null {
  const { state } = look;
  const works = viewer.guest || viewer.roles.includes('technician') || viewer.roles.includes('crew lead');
  const mine = works && (viewer.crewId === null || viewer.crewId === order.crewId);
  const dayMs = state.plan.orders.get(order.orderId)?.dayMs ?? order.dayMs;
  const named = `${order.name}, ${objectOf(state, work)}`;
  const base = {
    ...caseItem(look, work),
    id: order.orderId,
    detail: `${shortId(order.orderId)}. ${faultOf(state, work)}.`,
    dayMs,
    actByMs: dayMs + DAY_MS,
    otherwise:
      order.finishBy.latestFinishMs < look.nowMs
        ? { words: 'finish date passed', personId: work.owner }
        : null,
    href: `/work/order/${order.orderId}`,
  };
  if (order.status === 'created') {
    const releases = viewer.roles.includes('planner') || (viewer.roles.includes('crew lead') && mine);
    return releases ? { ...base, act: 'release', title: `Release: ${named}`, action: 'Release' } : null;
  }
  if (!mine) return null;
  if (order.status === 'released') return { ...base, act: 'start', title: named, action: 'Start' };
  const given = lastFinding(work, order.orderId);
  if (given && viewer.guest) return null;
  if (given) return { ...base, act: 'finish', title: `Finish: ${named}`, action: 'Finish' };
  return { ...base, act: 'finding', title: `Say what was found: ${named}`, action: 'Answer' };
}

function caseItem(
  look: Look,
  work: WorkCase,
): Pick<TodayItem, 'priority' | 'unacknowledged' | 'bad' | 'atRiskMinor' | 'sinceMs'> {
  const { state } = look;
  const definition = state.work.monitors.get(work.monitorId)?.get(work.monitorVersion);
  const unit = state.monitor.signals.get(definition?.signalId ?? '')?.unit ?? '';
  const limit = definition ? limitOf(definition, unit) : null;
  const seen = work.alerts.some(
    (alertId) => (state.alert.alerts.get(alertId)?.acknowledgedBy.length ?? 0) > 0,
  );
  return {
    priority: work.priority,
    unacknowledged: !seen && work.orders.length === 0,
    bad:
      definition && limit
        ? {
            kind: 'trend',
            signalId: definition.signalId,
            value: readingOf(look, definition.signalId, blindSince(look, work.monitorId)).value,
            limit: limit.value,
            unit,
            direction: limit.direction,
          }
        : null,
    atRiskMinor: unplannedOf(state, work),
    sinceMs: work.openedAtMs,
  };
}

const NO_CASE = {
  priority: null,
  unacknowledged: false,
  bad: null,
  atRiskMinor: null,
  otherwise: null,
  sinceMs: null,
  dayMs: null,
} as const;

function monitorDuties({ state }: Look, viewer: Viewer): TodayItem[] {
  const items: TodayItem[] = [];
  for (const monitor of state.monitor.monitors.values()) {
    if (monitor.lifecycle !== 'proposed' && monitor.lifecycle !== 'under review') continue;
    const version = versionInWork(monitor);
    if (!version || version.proposedBy === null || version.proposedBy === viewer.personId) continue;
    if (version.signOffs.some((signed) => signed.by === viewer.personId && signed.as !== 'proposer'))
      continue;
    const crew = state.strategy.crews.get(version.definition.response?.crewId ?? '');
    const signs = crew?.technicians.includes(viewer.personId) || version.definition.owner === viewer.personId;
    if (!signs) continue;
    items.push({
      ...NO_CASE,
      id: `${monitor.monitorId}/${version.version}`,
      act: 'sign off',
      title: `Sign off: ${version.definition.name}`,
      detail: `${shortId(monitor.monitorId)}, version ${version.version}.`,
      actByMs: null,
      bad: { kind: 'person', personId: version.proposedBy, words: 'proposed it' },
      action: 'Review',
      href: version.change ? '/monitor/approvals' : `/monitor/${monitor.monitorId}`,
    });
  }
  if (!viewer.roles.includes('reliability engineer')) return items;
  for (const alert of state.alert.alerts.values()) {
    if (!alert.trial || alert.trialAnswers.length > 0) continue;
    items.push({
      ...NO_CASE,
      id: alert.alertId,
      act: 'trial',
      title: 'Would you have gone?',
      detail: `${state.monitor.signals.get(versionShown(state, alert.monitorId)?.definition.signalId ?? '')?.name ?? 'A reading'} crossed the limit of ${shortId(alert.monitorId)}, which is in trial.`,
      sinceMs: alert.raisedAtMs,
      actByMs: alert.raisedAtMs + 7 * DAY_MS,
      action: 'Answer',
      href: `/alert/${alert.alertId}`,
    });
  }
  return items;
}

/** A keeper has this long before a blind monitor counts as late. */
const SENSOR_WITHIN_MS = 8 * HOUR_MS;

function sensorDuties({ state }: Look, viewer: Viewer): TodayItem[] {
  return [...state.alert.health.values()]
    .filter((lost) => lost.keeper === viewer.personId)
    .map((lost) => ({
      ...NO_CASE,
      id: lost.alertId,
      act: 'sensor',
      title: `${state.monitor.signals.get(lost.signalId)?.name ?? 'A signal'} has no valid reading`,
      detail: `${shortId(lost.monitorId)} does not watch until it is back.`,
      sinceMs: lost.sinceMs,
      actByMs: lost.sinceMs + SENSOR_WITHIN_MS,
      action: 'Open',
      href: '/acquire',
    }));
}

function moneyDuties({ state }: Look, viewer: Viewer): TodayItem[] {
  const entries = [...state.outcome.entries.values()];
  return [
    ...moneyDuty(
      'verify',
      entries.filter((entry) => mayVerify(entry, viewer)),
    ),
    ...moneyDuty(
      'accept',
      entries.filter((entry) => mayAccept(entry, viewer)),
    ),
  ];
}

/** An estimate is verified by those who answer for the work, before finance is asked at all. */
export function mayVerify({ status }: Entry, { roles }: Viewer): boolean {
  return status === 'estimated' && (roles.includes('owner') || roles.includes('reliability engineer'));
}

/** Verified, on no assumption, and by somebody else than those who verified it or did the work. */
export function mayAccept(entry: Entry, { roles, personId }: Viewer): boolean {
  return (
    entry.status === 'verified' &&
    entry.grade !== 'assumed' &&
    roles.includes('finance') &&
    entry.verifiedBy !== personId &&
    !entry.workers.includes(personId)
  );
}

const MONEY_WORDS = {
  verify: { title: 'Verify', action: 'Verify', withinMs: 14 * DAY_MS },
  accept: { title: 'Accept or return', action: 'Review', withinMs: 30 * DAY_MS },
} as const;

function moneyDuty(step: 'verify' | 'accept', waiting: readonly Entry[]): TodayItem[] {
  if (waiting.length === 0) return [];
  const { title, action, withinMs } = MONEY_WORDS[step];
  const first = Math.min(...waiting.map((entry) => entry.bookedAtMs));
  const names = waiting.slice(0, 3).map((entry) => shortId(entry.entryId));
  const more = waiting.length > 3 ? ` and ${waiting.length - 3} more` : '';
  return [
    {
      ...NO_CASE,
      id: `money ${step}`,
      act: 'money',
      title: waiting.length === 1 ? `${title} a money entry` : `${title} ${waiting.length} money entries`,
      detail: `${names.join(', ')}${more}.`,
      actByMs: first + withinMs,
      action,
      href: '/outcome',
    },
  ];
}
