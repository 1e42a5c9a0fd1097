import { makesWork, versionInWork } from '#monitor/lifecycle.ts';
import type { MonitorRecord, MonitorVersion } from '#monitor/state.ts';
import { shortId } from '#vocabulary/ids.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { reviewWaits } from './agreement.ts';
import type { Look, Viewer } from './look.ts';
import type { TodayItem } from './shapes.ts';

type Duty = Pick<TodayItem, 'id' | 'act' | 'title' | 'detail' | 'actByMs' | 'action' | 'href'> & {
  otherwise?: TodayItem['otherwise'];
};

/** Who was told that a monitor went back to trial reads it for this long. */
const TOLD_MS = 7 * DAY_MS;
/** An orphan goes to who is accountable for the objective after this long. */
const ORPHAN_MS = 14 * DAY_MS;

/** What a monitor asks of one person besides signatures and trials: reviews, answers to a rule, looking after it. */
export function governDuties({ state, nowMs }: Look, viewer: Viewer): TodayItem[] {
  const duties: Duty[] = [];
  for (const monitor of state.monitor.monitors.values()) {
    const version = versionInWork(monitor);
    if (!version || monitor.lifecycle === 'retired') continue;
    if (reviewWaits(state, version, viewer.personId)) duties.push(reviewDuty(monitor, version));
    const owns = version.definition.owner === viewer.personId;
    if (owns) duties.push(...ownerDuties(monitor, version, nowMs));
    const heirs = viewer.roles.includes('reliability engineer') || viewer.roles.includes('owner');
    if (monitor.orphanedAtMs !== null && heirs) duties.push(orphanDuty(monitor, version));
  }
  return duties.map(({ otherwise = null, ...duty }) => ({
    priority: null,
    unacknowledged: false,
    bad: null,
    atRiskMinor: null,
    sinceMs: null,
    dayMs: null,
    otherwise,
    ...duty,
  }));
}

function reviewDuty(monitor: MonitorRecord, version: MonitorVersion): Duty {
  const n = version.review?.episodes.length ?? 0;
  return {
    id: `${monitor.monitorId}/${version.version}/review`,
    act: 'review',
    title: `Would you have gone? ${version.definition.name}`,
    detail: `${n} past alerts of ${shortId(monitor.monitorId)}, without what came of them.`,
    actByMs: null,
    action: 'Answer',
    href: `/monitor/${monitor.monitorId}/review`,
  };
}

function ownerDuties(monitor: MonitorRecord, version: MonitorVersion, nowMs: number): Duty[] {
  const { monitorId, advice, reviewDueMs } = monitor;
  const href = `/monitor/${monitorId}`;
  const named = `${version.definition.name} (${shortId(monitorId)})`;
  const duties: Duty[] = advice.map((one) => ({
    id: `${monitorId}/${one.what}`,
    act: 'advice',
    title: one.what === 'tune' ? `Move the limit? ${named}` : `${capital(one.what)}? ${named}`,
    detail: one.because,
    actByMs: one.dueMs,
    otherwise:
      one.unanswered === 'takes effect' ? { words: 'then it goes back to trial', personId: null } : null,
    action: 'Decide',
    href,
  }));
  const { change } = version;
  if (
    change?.emergency &&
    change.consentBy === null &&
    change.emergencyFromMs === null &&
    !monitor.emergency &&
    monitor.candidate !== null &&
    change.direction !== 'tighter'
  )
    duties.push({
      id: `${monitorId}/${version.version}/consent`,
      act: 'advice',
      title: `Emergency: may the limit be looser? ${named}`,
      detail: 'Until you say yes, the old limit stays.',
      actByMs: nowMs,
      action: 'Decide',
      href: '/monitor/approvals',
    });
  if (makesWork(monitor) && reviewDueMs !== null && reviewDueMs <= nowMs)
    duties.push({
      id: `${monitorId}/look`,
      act: 'look after',
      title: `Look at ${named}`,
      detail: 'A change is looked at after 30 days, every monitor after 90.',
      actByMs: reviewDueMs + TOLD_MS,
      action: 'Open',
      href,
    });
  const shown = version.sentBackAtMs;
  if (monitor.lifecycle === 'trial' && shown !== null && nowMs - shown < TOLD_MS)
    duties.push({
      id: `${monitorId}/told`,
      act: 'look after',
      title: `Went back to trial: ${named}`,
      detail: version.sentBackBecause ?? '',
      actByMs: null,
      action: 'Open',
      href,
    });
  return duties;
}

function orphanDuty(monitor: MonitorRecord, version: MonitorVersion): Duty {
  return {
    id: `${monitor.monitorId}/orphan`,
    act: 'look after',
    title: `Nobody answers for ${version.definition.name}`,
    detail: `The owner of ${shortId(monitor.monitorId)} left.`,
    actByMs: (monitor.orphanedAtMs as number) + ORPHAN_MS,
    otherwise: { words: 'then it goes to who is accountable', personId: null },
    action: 'Hand over',
    href: `/monitor/${monitor.monitorId}`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
