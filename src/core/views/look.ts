import { kindOf } from '#vocabulary/conditions/all.ts';
import type { AccessState } from '#access/state.ts';
import { guestCrewOf, memberOf } from '#access/state.ts';
import type { Role } from '#access/events.ts';
import type { MonitorDefinition } from '#monitor/events.ts';
import type { MonitorVersion } from '#monitor/state.ts';
import { BAD, UNCERTAIN } from '#vocabulary/quality.ts';
import type { CrewId, MonitorId, PersonId, SignalId } from '#vocabulary/ids.ts';
import type { SiteState } from '../flow.ts';
import type { SignalReadings } from '../sense-readings.ts';
import type { LimitView, ReadingView } from './shapes.ts';

/** What a view may look at: all rooms, the newest readings, and the time on the plant's clock. */
export interface Look {
  state: SiteState;
  /** null until the first pulse of the data plane */
  readings: SignalReadings | null;
  nowMs: number;
}

/** Who asks. */
export interface Viewer {
  personId: PersonId;
  roles: readonly Role[];
  crewId: CrewId | null;
  /** a guest contractor: sees the work of `crewId` and no money */
  guest: boolean;
}

export function viewerOf(access: AccessState, personId: PersonId): Viewer {
  const member = memberOf(access, personId);
  const guestCrewId = guestCrewOf(access, personId);
  return {
    personId,
    roles: member?.roles ?? [],
    crewId: guestCrewId ?? member?.crewId ?? null,
    guest: guestCrewId !== null,
  };
}

/** Version that people look at: the one in effect, else the one in work. */
export function versionShown(state: SiteState, monitorId: MonitorId): MonitorVersion | null {
  const monitor = state.monitor.monitors.get(monitorId);
  if (!monitor) return null;
  return monitor.versions.get(monitor.inEffect ?? monitor.candidate ?? 0) ?? null;
}

/** Newest reading of a signal with its quality in words; stale after three usual intervals. */
export function readingOf(look: Look, signalId: SignalId, blindSinceMs: number | null): ReadingView {
  const signal = look.state.monitor.signals.get(signalId);
  const index = look.state.acquire.index.get(signalId);
  const base = { unit: signal?.unit ?? '', usualIntervalMs: signal?.usualIntervalMs ?? 0 };
  const { readings } = look;
  const atMs =
    index === undefined || !readings ? Number.NEGATIVE_INFINITY : (readings.lastTimeMs[index] as number);
  if (index === undefined || !readings || !Number.isFinite(atMs)) {
    return { ...base, value: null, atMs: null, quality: 'no data', sinceMs: null };
  }
  const value = readings.lastValue[index] as number;
  if (blindSinceMs !== null)
    return { ...base, value: null, atMs, quality: 'no valid signal', sinceMs: blindSinceMs };
  const ageMs = look.nowMs - (readings.lastReceivedMs[index] as number);
  const stale = base.usualIntervalMs > 0 && ageMs > 3 * base.usualIntervalMs;
  const quality = readings.lastQuality[index] as number;
  const word =
    quality === BAD ? 'no valid signal' : stale ? 'stale' : quality === UNCERTAIN ? 'uncertain' : 'good';
  return { ...base, value, atMs, quality: word, sinceMs: null };
}

export function blindSince(look: Look, monitorId: MonitorId): number | null {
  return look.state.detect.blind.get(monitorId) ?? null;
}

/** The limit of a definition with its deadband; null for conditions without one. */
export function limitOf(definition: MonitorDefinition, unit: string): LimitView | null {
  const { condition } = definition;
  const edge = kindOf(condition).edge(condition);
  if (!edge) return null;
  const { value, direction, deadband } = edge;
  return {
    value,
    direction,
    deadband,
    unit,
    clearsAt: direction === 'high' ? value - deadband : value + deadband,
    onDelayMs: condition.onDelayMs ?? 0,
    offDelayMs: condition.offDelayMs ?? 0,
    source: definition.limitSource?.text ?? null,
  };
}

/** Newest accepted sample of any claimed signal; null before the first. */
export function newestReadingMs(look: Look): number | null {
  let newest = Number.NEGATIVE_INFINITY;
  for (const atMs of look.readings?.lastTimeMs ?? []) newest = Math.max(newest, atMs);
  return Number.isFinite(newest) ? newest : null;
}
