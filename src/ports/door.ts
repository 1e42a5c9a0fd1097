import type { Command } from '#vocabulary/command.ts';
import type { HistoryWish } from './history-desk.ts';

/** What the command line asks of a running plant, through the door in its data folder. */
export type DoorQuestion =
  | { kind: 'clock' }
  | { kind: 'command'; command: Omit<Command, 'actor'> }
  | { kind: 'import-history'; wish: FileWish }
  | { kind: 'remove-history'; importId: string };

/** A recorded file on this machine that is to become history of a signal. */
export type FileWish = Omit<HistoryWish, 'commandId' | 'actor'> & { path: string };

/** One question is at most this long; tables never pass the door. */
export const MAX_QUESTION_BYTES = 1_048_576;
/** Visitors at the same time; one more is turned away. */
export const MAX_VISITORS = 16;
/** A visitor who asks nothing for so long is let out, ms. */
export const VISITOR_IDLE_MS = 30_000;

export interface Door {
  close(): Promise<void>;
}
