import type { BacktestRecord, Lifecycle, MonitorDefinition } from '#monitor/events.ts';
import type { CriticalityClass } from '#strategy/events.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import type { CaseRow, LimitView, ReadingView, Stop } from './shapes.ts';

export interface GateView {
  code: string;
  title: string;
  met: boolean;
  detail: string;
  mend: string;
  who: string;
}

/** Why do we watch this, with which limit, and what did it say? */
export interface MonitorView {
  monitorId: string;
  stops: Stop[];
  name: string;
  /** the monitor in one sentence, with its slots */
  sentence: { text: string; slot: string | null; calculated: boolean }[];
  lifecycle: Lifecycle;
  version: number;
  candidate: number | null;
  assetId: string;
  assetName: string;
  criticality: CriticalityClass | null;
  failureMode: string;
  signalId: string;
  signalName: string;
  unit: string;
  definition: MonitorDefinition;
  priority: Priority;
  reading: ReadingView;
  limit: LimitView | null;
  owner: PersonId | null;
  gate: GateView[];
  backtest: BacktestRecord | null;
  signOffs: { by: PersonId; as: string; atMs: number }[];
  alerts: {
    alertId: string;
    raisedAtMs: number;
    clearedAtMs: number | null;
    extreme: number;
    trial: boolean;
    caseId: string | null;
  }[];
  cases: CaseRow[];
  findings: { atMs: number; finding: string; caseId: string }[];
  noise: { crewName: string; budgetH: number; takenH: number; thisH: number } | null;
}
