import { WEEK_MS } from '#vocabulary/time.ts';
import type { MonitorRecord, MonitorVersion } from './state.ts';

/** What a trial lasts unless the failure mode asks for longer: four weeks. */
export const TRIAL_MS = 4 * WEEK_MS;

/** The version that people work on now: the one that waits, or the one in effect. */
export function versionInWork(monitor: MonitorRecord): MonitorVersion | null {
  const number = monitor.candidate ?? monitor.inEffect;
  return number === null ? null : (monitor.versions.get(number) ?? null);
}

/** Whether a trial of the version in work may start: a draft, a new version of a trial, or a proposal taken back. */
export function mayStartTrial(monitor: MonitorRecord): boolean {
  switch (monitor.lifecycle) {
    case 'draft':
    case 'proposed':
      return true;
    case 'trial':
      return monitor.candidate !== null;
    default:
      return false;
  }
}

/** Live in the wide sense: its alerts make work. */
export function makesWork(monitor: MonitorRecord): boolean {
  return monitor.lifecycle === 'live' || monitor.lifecycle === 'under review';
}

export function startTrial(
  monitor: MonitorRecord,
  version: number,
  startedAtMs: number,
  endsAtMs: number,
): void {
  monitor.lifecycle = 'trial';
  monitor.inEffect = version;
  if (monitor.candidate === version) monitor.candidate = null;
  const trialled = monitor.versions.get(version);
  if (trialled) trialled.trial = { startedAtMs, endsAtMs };
  monitor.charged = null;
}

/** Live monitors with a proposed new version are under review and go on working; others wait as proposed. */
export function propose(monitor: MonitorRecord, version: number, by: string, atMs: number): void {
  const proposed = monitor.versions.get(version);
  if (proposed) {
    proposed.proposedBy = by;
    proposed.proposedAtMs = atMs;
  }
  monitor.lifecycle = makesWork(monitor) ? 'under review' : 'proposed';
  monitor.inEffect ??= version;
  if (monitor.lifecycle === 'proposed' && monitor.inEffect === version) monitor.candidate = null;
}

/** Its record took its right to make work: what it had earned no longer counts, nor what a newer version had. */
export function sendBack(
  monitor: MonitorRecord,
  { version, reason, endsAtMs }: { version: number; reason: string; endsAtMs: number },
  atMs: number,
): void {
  startTrial(monitor, version, atMs, endsAtMs);
  monitor.advice = [];
  monitor.emergency = null;
  monitor.reviewDueMs = null;
  const sent = monitor.versions.get(version);
  const waiting = monitor.candidate === null ? undefined : monitor.versions.get(monitor.candidate);
  if (waiting) forgetSignatures(waiting);
  if (!sent) return;
  sent.sentBackAtMs = atMs;
  sent.sentBackBecause = reason;
  forgetSignatures(sent);
}

function forgetSignatures(version: MonitorVersion): void {
  version.proposedBy = null;
  version.proposedAtMs = null;
  version.signOffs = [];
  if (version.change) version.change.effectiveMs = null;
}

/** The version that comes back for `number`: the nearest before it that people had agreed on; null without one. */
export function standingBefore(monitor: MonitorRecord, number: number): MonitorVersion | null {
  let before = monitor.versions.get(monitor.versions.get(number)?.change?.from ?? 0);
  for (let left = monitor.versions.size; before && !before.standing && left > 0; left--) {
    before = monitor.versions.get(before.change?.from ?? 0);
  }
  return before?.standing ? before : null;
}

export function goLive(monitor: MonitorRecord, version: number): void {
  const live = monitor.versions.get(version);
  if (live?.change) live.change.effectiveMs = null;
  if (live) live.standing = true;
  // an emergency that lapses takes nothing from a change that waits meanwhile
  const lapses = monitor.emergency?.backTo === version;
  monitor.emergency = null;
  monitor.lifecycle = 'live';
  monitor.inEffect = version;
  if (!lapses) monitor.candidate = null;
}
