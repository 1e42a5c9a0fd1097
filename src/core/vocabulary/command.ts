import type { FactBody } from './fact.ts';
import type { Actor } from './ids.ts';
import type { Refusal } from './refusal.ts';

/** A wish with an author. `id` is the idempotency key: the same id is decided once. */
export interface Command<T extends string = string, D = unknown> {
  id: string;
  type: T;
  actor: Actor;
  data: D;
}

/** What a decider may know besides its own state. */
export interface Context {
  site: string;
  /** plant time of the input, ms since 1970 */
  nowMs: number;
  actor: Actor;
}

export type Decision = FactBody[] | Refusal;
