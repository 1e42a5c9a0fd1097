import type { PersonId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { StopWord } from './shapes.ts';

/** Where does the line break? One thread per failure mode, grouped by objective. */
export interface Thread {
  failureModeId: string;
  failureMode: string;
  assetId: string;
  assetName: string;
  monitorId: string | null;
  monitorName: string | null;
  alerts: number;
  notifications: number;
  orders: number;
  findings: number;
  findingsDue: number;
  avoidedMinor: number;
  savedMinor: number;
  /** the most urgent open case, and the stop where it waits */
  open: { caseId: string; priority: Priority; stop: StopWord } | null;
  broken: { stop: StopWord; label: string; priority: Priority | null; noSignal: boolean } | null;
  endsByDecision: string | null;
}

export interface ObjectiveThreads {
  objectiveId: string;
  name: string;
  unit: string;
  baseline: number | null;
  target: number | null;
  now: number | null;
  accountable: PersonId | null;
  threads: Thread[];
}

export interface LineView {
  nowMs: number;
  fromMs: number;
  objectives: ObjectiveThreads[];
  totals: {
    objectives: number;
    assets: number;
    failureModes: number;
    monitors: number;
    alerts: number;
    notifications: number;
    orders: number;
    findings: number;
    findingsDue: number;
    avoidedMinor: number;
    savedMinor: number;
  };
  breaks: number;
  trueShare: { n: number; of: number; low: number; high: number } | null;
  waiting: {
    orderId: string | null;
    caseId: string;
    title: string;
    actByMs: number;
    owner: PersonId | null;
  } | null;
}
