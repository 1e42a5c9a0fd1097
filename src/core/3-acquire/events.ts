import type { FactBody } from '#vocabulary/fact.ts';
import type { MonitorId, SignalId } from '#vocabulary/ids.ts';

/** A signal is stored and judged only while a monitor claims it (promise 1). */
export type SignalClaimed = FactBody<
  'acquire.signal-claimed',
  {
    signalId: SignalId;
    /** index of the signal on the data plane, stable for the life of the site */
    index: number;
    monitorId: MonitorId;
    /** a draft's or trial's claim ends; null for proposed and live */
    endsAtMs: number | null;
  }
>;
export type ClaimEnded = FactBody<
  'acquire.claim-ended',
  { signalId: SignalId; monitorId: MonitorId; reason: string }
>;
/** One import is one fact; its rows lie as Parquet. */
export type HistoryImported = FactBody<
  'acquire.history-imported',
  { fileHash: string; mapping: string; signals: SignalId[]; samples: number; fromMs: number; toMs: number }
>;
/** An input that stopped the writer twice is set aside, shown with a code, and the rest goes on. */
export type InputSetAside = FactBody<
  'acquire.input-set-aside',
  { intakeSeq: number; code: string; message: string }
>;

/** Signals that somebody walks past and reads, with the day from which on and how often. */
export interface Round {
  roundId: string;
  name: string;
  /** hand-reading signals, in the order of the walk */
  signals: SignalId[];
  everyMs: number;
  firstDueMs: number;
}
export type RoundPlanned = FactBody<'acquire.round-planned', Round>;
/** Who read is the actor; the values themselves lie in the intake log like any other sample. */
export type ReadingsEntered = FactBody<
  'acquire.readings-entered',
  {
    how: 'phone' | 'paper';
    readings: { signalId: SignalId /** when it was read */; atMs: number }[];
  }
>;

export type AcquireFact =
  | SignalClaimed
  | ClaimEnded
  | HistoryImported
  | InputSetAside
  | RoundPlanned
  | ReadingsEntered;
