// What a monitor owes to the calendar: emergency changes lapse, approved ones take effect, orphans find an owner.
import type { Context } from '#vocabulary/command.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import type { MonitorId, PersonId } from '#vocabulary/ids.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { activation } from './activation.ts';
import type { MonitorFact } from './events.ts';
import { makesWork, TRIAL_MS, versionInWork } from './lifecycle.ts';
import type { MonitorRecord, MonitorState, MonitorVersion } from './state.ts';

/** A version that waits for signatures is taken back after this long. */
export const PROPOSAL_MS = 30 * DAY_MS;
/** Monitors of somebody who left wait this long for a new owner, then go to who is accountable for the objective. */
export const ORPHAN_MS = 14 * DAY_MS;

const NEVER = Number.POSITIVE_INFINITY;

/** Who answers for the objective behind a monitor, while that person belongs to the plant. */
export function accountableFor(state: MonitorState, version: MonitorVersion | null): PersonId | null {
  const mode = version && state.failureModes.get(version.definition.failureModeId);
  const person = (mode && state.objectives.get(mode.objectiveId)?.accountable) ?? null;
  return person !== null && !state.left.has(person) ? person : null;
}

function orphanDueMs(state: MonitorState, monitor: MonitorRecord): number {
  if (monitor.orphanedAtMs === null) return NEVER;
  const heir = accountableFor(state, versionInWork(monitor));
  return heir === null ? NEVER : monitor.orphanedAtMs + ORPHAN_MS;
}

function proposalDueMs(monitor: MonitorRecord): number {
  const version = versionInWork(monitor);
  const settled = makesWork(monitor) && monitor.candidate === null;
  if (!version?.proposedBy || version.proposedAtMs === null || settled) return NEVER;
  if (monitor.lifecycle === 'trial' || version.change?.effectiveMs) return NEVER;
  return version.proposedAtMs + PROPOSAL_MS;
}

function effectiveMs(monitor: MonitorRecord): number {
  if (!makesWork(monitor)) return NEVER;
  const version = monitor.candidate === null ? undefined : monitor.versions.get(monitor.candidate);
  return version?.change?.effectiveMs ?? NEVER;
}

function adviceDueMs(monitor: MonitorRecord): number {
  const waiting = monitor.advice.filter((one) => one.unanswered !== 'stays open');
  return Math.min(NEVER, ...waiting.map((one) => one.dueMs));
}

/** When `dueOf` has something to say: each term is a branch there. */
function dueMs(state: MonitorState, monitor: MonitorRecord): number {
  if (monitor.lifecycle === 'retired') return NEVER;
  return Math.min(
    monitor.emergency?.untilMs ?? NEVER,
    effectiveMs(monitor),
    orphanDueMs(state, monitor),
    proposalDueMs(monitor),
    adviceDueMs(monitor),
  );
}

/** Keeps the list of monitors that have something due; called after each fact about one of them. */
export function noteDue(state: MonitorState, monitor: MonitorRecord): void {
  const atMs = dueMs(state, monitor);
  if (atMs === NEVER) state.dues.delete(monitor.monitorId);
  else state.dues.set(monitor.monitorId, atMs);
}

/** What is noted only says where to look: a date that no longer holds would stop the plant. */
export function nextMonitorDueMs(state: MonitorState): number {
  let next = NEVER;
  for (const [monitorId, notedMs] of state.dues) {
    if (notedMs >= next) continue;
    next = Math.min(next, dueMs(state, state.monitors.get(monitorId) as MonitorRecord));
  }
  return next;
}

/** What is due for one monitor. */
export function dueMonitor(state: MonitorState, { nowMs }: Context): FactBody[] {
  for (const monitorId of state.dues.keys()) {
    const monitor = state.monitors.get(monitorId) as MonitorRecord;
    if (dueMs(state, monitor) <= nowMs) return dueOf(state, monitor, nowMs);
  }
  return [];
}

function dueOf(state: MonitorState, monitor: MonitorRecord, nowMs: number): MonitorFact[] {
  const { monitorId, emergency } = monitor;
  if (emergency && emergency.untilMs <= nowMs) {
    const { version, backTo } = emergency;
    const ended = { monitorId, version, to: backTo };
    return [activation(state, monitor, backTo), { type: 'monitor.emergency-ended', v: 1, data: ended }];
  }
  if (effectiveMs(monitor) <= nowMs) return [activation(state, monitor, monitor.candidate as number)];
  if (orphanDueMs(state, monitor) <= nowMs) return [inherit(state, monitor)];
  if (proposalDueMs(monitor) <= nowMs) return [expire(monitor)];
  return dueAdvice(monitor, monitorId, nowMs);
}

function inherit(state: MonitorState, monitor: MonitorRecord): MonitorFact {
  const owner = accountableFor(state, versionInWork(monitor)) as PersonId;
  const because = 'Its owner left and nobody took it over within 14 days.';
  return { type: 'monitor.handed-over', v: 1, data: { monitorId: monitor.monitorId, owner, because } };
}

function expire(monitor: MonitorRecord): MonitorFact {
  const version = versionInWork(monitor) as MonitorVersion;
  const before = monitor.inEffect === null ? undefined : monitor.versions.get(monitor.inEffect);
  const backTo = makesWork(monitor) ? 'live' : before?.trial ? 'trial' : 'draft';
  const data = { monitorId: monitor.monitorId, version: version.version, backTo } as const;
  return { type: 'monitor.proposal-expired', v: 1, data };
}

function dueAdvice(monitor: MonitorRecord, monitorId: MonitorId, nowMs: number): MonitorFact[] {
  const due = monitor.advice.find((one) => one.unanswered !== 'stays open' && one.dueMs <= nowMs);
  if (!due) return [];
  if (due.unanswered === 'expires' || !makesWork(monitor) || monitor.inEffect === null) {
    return [{ type: 'monitor.advice-expired', v: 1, data: { monitorId, what: due.what } }];
  }
  const reason = `${due.because} Nobody answered in time.`;
  const back = { monitorId, version: monitor.inEffect, reason, endsAtMs: nowMs + TRIAL_MS };
  return [{ type: 'monitor.sent-back-to-trial', v: 1, data: back }];
}
