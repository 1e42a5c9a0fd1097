// An emergency change: in effect at once, and only until the crew has worked two shifts with it.
import type { Context, Decision } from '#vocabulary/command.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { ChangeDirection } from './agreement-events.ts';
import { endOfWorkedShiftMs, USUAL_SHIFTS } from './calendar.ts';
import type { DataOf } from './commands.ts';
import type { MonitorFact } from './events.ts';
import { notTheOwner } from './refusals.ts';
import type { MonitorRecord, MonitorState, MonitorVersion } from './state.ts';

/** It ends with the crew's second worked shift, at the latest after this long. */
const EMERGENCY_MS = 7 * DAY_MS;
const EMERGENCY_SHIFTS = 2;
/** For this long after one began, only another person starts the next: nobody changes a limit alone for good. */
const EMERGENCY_REST_MS = 30 * DAY_MS;

/** @returns why this person may not ask for another emergency change now; null when they may */
export function emergencyAgain(monitor: MonitorRecord, by: PersonId, nowMs: number): Refusal | null {
  const last = [...monitor.versions.values()].findLast((one) => one.change?.emergencyFromMs)?.change;
  const againMs = (last?.emergencyFromMs ?? Number.NEGATIVE_INFINITY) + EMERGENCY_REST_MS;
  if (last?.by !== by || nowMs >= againMs) return null;
  return refuse(
    'E-MONITOR-069',
    `"${by}" started the last emergency change of "${monitor.monitorId}" less than 30 days ago.`,
    'Request a usual change with a second person, or have another person ask for the emergency.',
  );
}

/** A looser limit on an A asset leaves it less watched: its owner says yes first. */
export function needsConsent(
  state: MonitorState,
  { definition }: Pick<MonitorVersion, 'definition'>,
  direction: ChangeDirection,
): boolean {
  if (direction === 'tighter') return false;
  const assetId = state.failureModes.get(definition.failureModeId)?.assetId ?? '';
  return state.criticality.get(assetId)?.class === 'A';
}

export function startEmergency(
  state: MonitorState,
  monitor: MonitorRecord,
  { definition }: Pick<MonitorVersion, 'definition'>,
  version: number,
  nowMs: number,
): MonitorFact[] {
  const crewId = definition.response?.crewId ?? null;
  const shifts = state.shifts.get(crewId ?? '')?.shifts ?? [];
  const worked = endOfWorkedShiftMs(shifts.length > 0 ? shifts : USUAL_SHIFTS, nowMs, EMERGENCY_SHIFTS);
  const untilMs = Math.min(worked, nowMs + EMERGENCY_MS);
  const { monitorId, charged } = monitor;
  const inEffect = {
    monitorId,
    version,
    wastedHPerWeek: charged?.wastedHPerWeek ?? 0,
    crewId: crewId ?? charged?.crewId ?? '',
  };
  return [
    { type: 'monitor.activated', v: 1, data: inEffect },
    {
      type: 'monitor.emergency-started',
      v: 1,
      data: { monitorId, version, backTo: monitor.inEffect as number, untilMs, crewId },
    },
  ];
}

/** The owner's logged consent to an emergency change that makes an A asset less watched. */
export function consent(
  state: MonitorState,
  monitor: MonitorRecord,
  { version: number }: DataOf<'monitor.consent'>,
  by: PersonId,
  { nowMs }: Context,
): Decision {
  const version = monitor.candidate === number ? monitor.versions.get(number) : undefined;
  const change = version?.change;
  const waits = change?.emergency && change.consentBy === null && change.emergencyFromMs === null;
  if (!version || !waits || monitor.emergency) {
    if (change?.consentBy === by) return [];
    return refuse(
      'E-MONITOR-063',
      `Version ${number} of "${monitor.monitorId}" waits for nobody's consent.`,
      'Only an emergency change that loosens an A asset asks its owner.',
    );
  }
  // a request may name a new owner, and nobody makes himself the one who is asked
  if (monitor.versions.get(monitor.inEffect as number)?.definition.owner !== by) {
    return notTheOwner(by, 'Have the owner say yes; until then the old limit stays.');
  }
  const given: MonitorFact = {
    type: 'monitor.consent-given',
    v: 1,
    data: { monitorId: monitor.monitorId, version: number, by },
  };
  return [given, ...startEmergency(state, monitor, version, number, nowMs)];
}
