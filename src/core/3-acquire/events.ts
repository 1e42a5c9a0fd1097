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

export type AcquireFact = SignalClaimed | ClaimEnded | HistoryImported | InputSetAside;
