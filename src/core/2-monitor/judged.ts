import type { MonitorId, SignalId } from '#vocabulary/ids.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { MonitorDefinition } from './events.ts';
import type { MonitorState } from './state.ts';

/** A draft, a trial or a waiting new version holds its signal this long (promise 1). */
export const CLAIM_MS = 90 * DAY_MS;

export interface JudgedMonitor {
  monitorId: MonitorId;
  /** the version in effect; a candidate waits beside it */
  version: number;
  definition: MonitorDefinition;
  /** judged without consequences: in trial, or proposed and not yet live */
  trial: boolean;
}

/** Monitors that the data plane judges: awake, in trial, proposed, live or under review, with the version in effect. */
export function judgedMonitors(state: MonitorState): JudgedMonitor[] {
  const judged: JudgedMonitor[] = [];
  for (const monitor of state.monitors.values()) {
    if (monitor.inEffect === null || monitor.lifecycle === 'retired' || monitor.asleep) continue;
    const version = monitor.versions.get(monitor.inEffect);
    if (!version) continue;
    const trial = monitor.lifecycle === 'trial' || monitor.lifecycle === 'proposed';
    judged.push({
      monitorId: monitor.monitorId,
      version: version.version,
      definition: version.definition,
      trial,
    });
  }
  return judged;
}

export interface Claim {
  monitorId: MonitorId;
  signalId: SignalId;
  /** null while the monitor is proposed, live or under review */
  endsAtMs: number | null;
}

/**
 * Which monitor gives which signal a reason at plant time `nowMs`: drafts and trials for 90 days from the draft or the
 * start of the trial, the others without end.
 */
export function claims(state: MonitorState, nowMs: number): Claim[] {
  const held: Claim[] = [];
  for (const {
    monitorId,
    lifecycle,
    versions,
    inEffect,
    candidate,
    claimRenewedToMs,
  } of state.monitors.values()) {
    const version = versions.get(inEffect ?? candidate ?? 0);
    if (!version || lifecycle === 'retired') continue;
    const ends = lifecycle === 'draft' || lifecycle === 'trial';
    const fromMs = version.trial?.startedAtMs ?? versions.get(1)?.draftedAtMs ?? version.draftedAtMs;
    const endsAtMs = ends ? Math.max(fromMs + CLAIM_MS, claimRenewedToMs ?? 0) : null;
    if (endsAtMs !== null && endsAtMs <= nowMs) continue;
    held.push({ monitorId, signalId: version.definition.signalId, endsAtMs });
  }
  return held;
}
