import type { BacktestResult, KnownEvent } from '#core/backtest.ts';
import type { Answer } from '#core/line.ts';
import type { BacktestRecord } from '#monitor/events.ts';
import type { ConditionSpec } from '#vocabulary/conditions/all.ts';
import type { Actor, MonitorId, SignalId } from '#vocabulary/ids.ts';
import type { Refusal } from '#vocabulary/refusal.ts';
import type { DateOrder } from './table.ts';

/** A recorded file to be imported for one signal. */
export interface HistoryWish {
  /** seed of the import's id and idempotency key: the same one again imports nothing twice */
  commandId: string;
  actor: Actor;
  signalId: SignalId;
  timeColumn: string;
  valueColumn: string;
  /** IANA zone of times that carry none */
  timeZone: string;
  dateOrder: DateOrder | null;
  /** unit of the file's values; null = the unit that the source sends */
  unit: string | null;
}

export interface Imported {
  ok: true;
  facts: number;
  seq: number;
  importId: string;
  /** the same file stood already: nothing was added */
  already: boolean;
  rows: number;
  /** rows left out because their time cannot be read */
  refused: number;
  /** cells that hold no number; they rest with quality bad */
  bad: number;
  fromMs: number;
  toMs: number;
  /** guesses that were made, each a sentence */
  notes: string[];
}

export interface BacktestWish {
  monitorId: MonitorId;
  /** null = the version in work */
  version: number | null;
  /** source time, both ends included; null = open */
  fromMs: number | null;
  toMs: number | null;
  /** another condition than the version's own */
  condition: ConditionSpec | null;
  /** null or none: nothing is scored */
  events: readonly KnownEvent[] | null;
}

/** As the command line says it, and what it was judged on. */
export interface Backtested extends BacktestResult {
  monitorId: MonitorId;
  version: number;
  condition: ConditionSpec;
  /** the condition is the version's own: only then the gate may see it */
  ownCondition: boolean;
  /** SHA-256 of the readings that were judged, hexadecimal */
  dataHash: string;
  /** readings that were judged: received by this site, and imported */
  received: number;
  imported: number;
  /** rows of the imported files that were left out because their time cannot be read */
  rejected: number;
  notes: string[];
  elapsedMs: number;
}

/** A plant's own past, as the faces ask for it. */
export interface HistoryDesk {
  /** Imports a file that comes as a stream. @throws PortFailure E-HISTORY-002 too large, -003 too many at once */
  importStream(wish: HistoryWish, stream: AsyncIterable<Uint8Array>): Promise<Imported | Refusal>;
  remove(commandId: string, actor: Actor, importId: string): Promise<Answer>;
  /**
   * @param signal gives the run up
   * @throws PortFailure E-BACKTEST-011 one runs already, -012 given up, -013 too slow; E-SAMPLES-007 too many readings
   */
  backtest(personId: string, wish: BacktestWish, signal: AbortSignal): Promise<Backtested | Refusal>;
  /** What the gate keeps of a run, or why it keeps nothing of it. */
  recordOf(run: Backtested): BacktestRecord | Refusal;
}
