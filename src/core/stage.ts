import type { Command, Context, Decision } from '#vocabulary/command.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';

/**
 * One room of the house. `State` is a private accumulator: `evolve` changes it in place,
 * so that a fold of a million facts copies nothing; nobody else writes to it.
 * State is structured-cloneable (snapshots), so it holds plain objects, Maps, Sets and arrays only.
 */
export interface Stage<State> {
  /** stage word: also folder, API path, navigation item and prefix of its facts and commands */
  word: string;
  /** one sentence: what the room is for */
  purpose: string;
  initial(site: string): State;
  /** Decides a command of this stage. Never changes state. */
  decide(command: Command, state: State, context: Context): Decision;
  /** Folds a fact of this or an earlier stage; facts it does not know leave it unchanged. */
  evolve(state: State, fact: Recorded): void;
  /** Facts that follow from a fact just folded (its own or an earlier stage's). Never changes state. */
  follow(fact: Recorded, state: State, context: Context): FactBody[];
  /** Plant time at which `due` has something to say; Infinity when nothing waits. */
  nextDueMs(state: State): number;
  /** Facts due at or before `context.nowMs`, at most one object's worth at a time; [] when nothing is due. */
  due(state: State, context: Context): FactBody[];
  /** Lifts a stored fact of an older version to today's shape; throws on an unknown version. */
  upcast(fact: Recorded): Recorded;
}

/**
 * News of a later stage that reaches an earlier one as a command, with the rule as its author (`rule:<name>`).
 * flow.ts lists every rule, so that the audit can say which one acted.
 */
export interface Rule<State = unknown> {
  name: string;
  /** word of the stage whose state the rule reads */
  word: string;
  /** one sentence: what the rule does */
  purpose: string;
  /** Commands that a fact just folded calls for. Never changes state; ids derive from the fact's id. */
  on(fact: Recorded, state: State): Command[];
}
