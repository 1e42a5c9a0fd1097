import type { Recorded } from '#vocabulary/fact.ts';

export type IntakeKind = 'batch' | 'tick' | 'command';

/** One input in the one ordered log of the site. */
export interface IntakeEntry {
  /** from 1, without holes */
  seq: number;
  /** plant time of receipt, ms */
  receivedMs: number;
  kind: IntakeKind;
  /** batch: columnar bytes with marks; tick: empty; command: JSON in UTF-8 */
  payload: Uint8Array;
}

/** An input and everything that followed from it; committed whole or not at all. */
export interface CommitUnit {
  intake: IntakeEntry;
  facts: Recorded[];
  /** for a command: its id and the answer its author got, kept so that a repeat gets the same answer */
  command: { id: string; answer: string } | null;
}

export interface JournalHead {
  /** number of facts = seq of the last one */
  facts: number;
  /** chain hash of the last fact, hex; 64 zeros when there is none */
  hash: string;
  intakeSeq: number;
}

/** The whole line, or its data plane alone: small, and later than the line it stands beside. */
export type SnapshotPart = 'line' | 'sense';

export interface Snapshot {
  /** facts and intake folded into it */
  facts: number;
  intakeSeq: number;
  hash: string;
  /** format of the code that wrote it; another format discards it */
  format: string;
  state: Uint8Array;
}

export interface AuditResult {
  ok: boolean;
  facts: number;
  /** seq of the first record that is changed, removed or out of order; null when none is */
  firstBad: number | null;
  /** seq of the last signed head (or `--head`) the chain was held against; null when there is none */
  anchoredTo: number | null;
  /** what cannot be excluded, in words */
  message: string;
}

/** Limits of the writer. */
export const MAX_UNITS_PER_COMMIT = 256;

/**
 * The site's ordered log: facts hash-chained, intake beside them in the same transaction.
 * One writer. Every method that changes it resolves only when the bytes are on disk.
 * A commit that fails for space rejects with a retryable PortFailure and changes nothing.
 */
export interface Journal {
  head(): JournalHead;
  commit(units: CommitUnit[]): Promise<void>;
  /** facts with seq >= from, in order, at most `limit` */
  facts(from: number, limit: number): Recorded[];
  /** intake entries with seq >= from that are still kept, in order, at most `limit` */
  intake(from: number, limit: number): IntakeEntry[];
  /** the answer kept for a command id, or null */
  answer(commandId: string): string | null;
  /** `part` is the line where it is not named; each part has one snapshot */
  loadSnapshot(format: string, part?: SnapshotPart): Snapshot | null;
  saveSnapshot(snapshot: Snapshot, part?: SnapshotPart): Promise<void>;
  /** forgets batches with seq <= through, once they lie fsynced in the sample store; ticks and commands stay */
  forgetBatches(through: number): Promise<void>;
  /** signs the head (ed25519) and writes it to the second place */
  signHead(atMs: number): Promise<void>;
  close(): Promise<void>;
}
