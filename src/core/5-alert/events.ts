import type { DetectRaised } from '#detect/events.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import type { AlertId, AssetId, CrewId, MonitorId, PersonId, SignalId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';

/** Asset + position + failure-mode group: one open case per fault (promise 4). */
export interface FaultKey {
  assetId: AssetId;
  position: string;
  group: string;
}

export interface AlertRaised {
  alertId: AlertId;
  monitorId: MonitorId;
  version: number;
  fault: FaultKey;
  priority: Priority;
  raisedAtMs: number;
  conditionSinceMs: number;
  value: number;
  extreme: number;
  lastInsideMs: number | null;
  uncertainOnly: boolean;
  /** a trial runs the same code and creates no work; its proposer gets a weekly list instead */
  trial: boolean;
  /** first-out group; `follows` is the alert of the group that came first, null when this one did */
  firstOut?: { group: string; follows: AlertId | null };
}

export type Raised = FactBody<'alert.raised', AlertRaised>;
export type Cleared = FactBody<
  'alert.cleared',
  { alertId: AlertId; monitorId: MonitorId; clearedAtMs: number; extreme: number }
>;
/** Somebody has seen it; only stops the ring, changes no work. */
export type Acknowledged = FactBody<'alert.acknowledged', { alertId: AlertId; by: PersonId }>;
/** The proposer of a trial says what they would have done. */
export type TrialAnswered = FactBody<
  'alert.trial-answered',
  { alertId: AlertId; wouldGo: boolean; by: PersonId }
>;
/** A monitor has no valid signal: its own case with its own owner, the sensor's keeper. */
export type HealthRaised = FactBody<
  'alert.health-raised',
  { alertId: AlertId; monitorId: MonitorId; signalId: SignalId; sinceMs: number; keeper: PersonId | null }
>;
export type HealthCleared = FactBody<
  'alert.health-cleared',
  { alertId: AlertId; monitorId: MonitorId; signalId: SignalId; atMs: number }
>;
/** Hours charged to the crew's noise budget: only false, sensor or fleeting alerts are charged. */
export type NoiseCharged = FactBody<
  'alert.noise-charged',
  { monitorId: MonitorId; crewId: CrewId; alertId: AlertId; hours: number }
>;

/** A restart rings less: what comes in the first hours waits, unless it clears, and rings when they are over. */
export type Held = FactBody<'alert.held', { monitorId: MonitorId; untilMs: number; detected: DetectRaised }>;

export type AlertFact =
  | Raised
  | Cleared
  | Acknowledged
  | TrialAnswered
  | HealthRaised
  | HealthCleared
  | NoiseCharged
  | Held;
