import type { FactBody, Recorded } from '#vocabulary/fact.ts';
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
/** A file of recorded readings of one signal: one import is one fact; its rows lie as Parquet, apart from the intake log. */
export type HistoryImported = FactBody<
  'acquire.history-imported',
  {
    importId: string;
    signalId: SignalId;
    /** SHA-256 of the file, hexadecimal */
    fileHash: string;
    /** names of the columns that were read */
    columns: { time: string; value: string };
    /** unit of the file's values; they rest in the signal's canonical unit */
    unit: string;
    /** IANA zone of times that carry none */
    timeZone: string;
    /** earliest and latest source time among the rows */
    fromMs: number;
    toMs: number;
    rows: number;
    /** rows of the file that were left out because their time cannot be read */
    refused: number;
  }
>;
/** An import undone: its rows are judged no more and their file is deleted. */
export type HistoryRemoved = FactBody<'acquire.history-removed', { importId: string }>;
/** Single readings that were received before `untilMs` are dropped; roll-ups and evidence stay. */
export type SamplesExpired = FactBody<
  'acquire.samples-expired',
  {
    untilMs: number;
    /** last input whose samples are gone: up to there the past cannot be replayed */
    throughSeq: number;
  }
>;
/** Plant time follows a leap of the machine's clock: the next input is told by the new time. */
export type ClockStepped = FactBody<'acquire.clock-stepped', { stepMs: number }>;
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
  | HistoryRemoved
  | SamplesExpired
  | InputSetAside
  | RoundPlanned
  | ReadingsEntered;

interface HistoryImportedV1 {
  fileHash: string;
  mapping: string;
  signals: SignalId[];
  samples: number;
  fromMs: number;
  toMs: number;
}

/** Newest version of each type that has more than one. */
const NEWEST: Readonly<Record<string, number>> = { 'acquire.history-imported': 2 };

/** Lifts a stored fact of this room to today's shape. @throws Error E-ACQUIRE-009 when it is newer than this program */
export function lift(fact: Recorded): Recorded {
  if (fact.v > (NEWEST[fact.type] ?? 1)) {
    throw new Error(`E-ACQUIRE-009 ${fact.type} version ${fact.v} is newer than this program`);
  }
  if (fact.type !== 'acquire.history-imported' || fact.v > 1) return fact;
  const { fileHash, mapping, signals, samples, fromMs, toMs } = fact.data as HistoryImportedV1;
  const data: HistoryImported['data'] = {
    importId: fact.id,
    signalId: signals[0] ?? '',
    fileHash,
    columns: { time: '', value: mapping },
    unit: '',
    timeZone: 'UTC',
    fromMs,
    toMs,
    rows: samples,
    refused: 0,
  };
  return { ...fact, v: 2, data };
}
