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

/** Facts that follow from one cause: a command, one state change, one thing due. More than this is a bug. */
export const MAX_FACTS_PER_CAUSE = 64;
/**
 * All facts that follow from one input commit together. An input can be many causes: one batch, or one silence, may
 * change the state of every monitor of the site, and none of them may be left out.
 */
export const MAX_FACTS_PER_INPUT = 65_536;
