import type { Condition } from './condition.ts';
import { limit } from './limit.ts';
import { stale } from './stale.ts';

/** Every kind of condition. One more is one file and one line here. */
export const CONDITIONS = [limit, stale] as const;

type SpecOf<C> = C extends Condition<infer S> ? S : never;

/** Specification of any condition, told apart by `kind`. */
export type ConditionSpec = SpecOf<(typeof CONDITIONS)[number]>;
