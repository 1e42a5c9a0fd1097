import type { Actor, FactId } from './ids.ts';

/**
 * What a stage says happened. `v` is the version of `data`'s shape; stored facts are never rewritten,
 * older versions are lifted to today's shape by the stage's `upcast`.
 */
export interface FactBody<T extends string = string, D = unknown> {
  type: T;
  v: number;
  data: D;
}

/** What the journal adds to a body when it is committed. */
export interface Envelope {
  id: FactId;
  /** position in the journal, from 1, without holes */
  seq: number;
  /** plant time of the input that caused it, ms since 1970 */
  atMs: number;
  actor: Actor;
  /** `intake:<seq>` or the command's id */
  causeId: string;
  /** the input's position in the intake log: from there on the fact is in effect */
  intakeSeq: number;
}

export type Recorded<B extends FactBody = FactBody> = B & Envelope;

/** All facts that follow from one input commit together; more than this is a bug, not a batch. */
export const MAX_FACTS_PER_INPUT = 64;
