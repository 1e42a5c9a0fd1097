import type { Answer } from '#core/line.ts';
import type { SiteState } from '#core/flow.ts';
import type { SignalReadings } from '#core/sense-readings.ts';
import type { Command } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { Batch } from '#vocabulary/sample.ts';
import type { ClockSpec } from './plant-clock.ts';
import type { Recovery } from './recover.ts';
import type { Blocked } from './writer-refusals.ts';

/** What the writer thread is told at its start. */
export interface WriterStart {
  dataDir: string;
  site: string;
  clock: ClockSpec;
  /** where signed heads are written besides the data folder */
  headsPath: string | null;
}

export type ToWriter =
  | { kind: 'batch'; ticket: number; batch: Batch; receivedMs: number | null }
  | { kind: 'command'; ticket: number; command: Command }
  | { kind: 'tick'; ticket: number; atMs: number }
  | { kind: 'clock'; spec: ClockSpec }
  | { kind: 'drive'; ticket: number; toMs: number }
  | { kind: 'archived'; through: number }
  | { kind: 'checkpoint'; ticket: number }
  | { kind: 'stop' };

export interface Pulse {
  /** last reading and counts per signal, by the signal's place */
  readings: SignalReadings;
  waiting: number;
  intakeSeq: number;
  nowMs: number;
  dueMs: number;
}

/** The state at `ready`: whole, or the snapshot sent before and what came after it. */
export type ReadyFold =
  | { kind: 'whole'; state: SiteState }
  | { kind: 'since snapshot'; facts: Recorded[]; intakeSeq: number; nowMs: number };

/** Facts after a snapshot that are sent instead of the whole state. */
export const MAX_FACTS_SINCE_SNAPSHOT = 20_000;

export type FromWriter =
  /** a snapshot on the way to `ready`: read on both threads at once, because that takes longer than all else */
  | { kind: 'snapshot'; state: Uint8Array }
  | {
      kind: 'ready';
      fold: ReadyFold;
      recovery: Pick<Recovery, 'fromSnapshot' | 'facts' | 'inputs' | 'elapsedMs' | 'held'>;
    }
  | { kind: 'facts'; facts: Recorded[]; intakeSeq: number }
  | { kind: 'answer'; ticket: number; answer: Answer | null }
  | { kind: 'failure'; ticket: number; code: string; message: string; mend: string; retryable: boolean }
  | { kind: 'pulse'; pulse: Pulse }
  | { kind: 'blocked'; blocked: Blocked | null }
  | { kind: 'fatal'; code: string; message: string; mend: string }
  | { kind: 'stopped' };

/** How often the writer tells what the newest readings are, machine time. */
export const PULSE_MS = 500;
/** A snapshot is saved this often while facts or samples come. */
export const SNAPSHOT_MS = 30_000;
/**
 * Saving takes at most one part in so many of the writer's time: a state that takes a second to save is saved every
 * 50 s, and a restart judges that much more again.
 */
export const SNAPSHOT_SHARE = 50;
/** The head is signed after so many facts, or after this time when there are new ones. */
export const SIGN_FACTS = 1_000;
export const SIGN_MS = 600_000;
