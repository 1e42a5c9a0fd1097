import type { Condition, ConditionBase } from './condition.ts';
import { deviation } from './deviation.ts';
import { expression } from './expression.ts';
import { flatLine } from './flat-line.ts';
import { limit } from './limit.ts';
import { rate } from './rate.ts';
import { stale } from './stale.ts';
import { timeToLimit } from './time-to-limit.ts';
import { usage } from './usage.ts';

/** Every kind of condition. One more is one file and one line here. */
export const CONDITIONS = [limit, stale, rate, deviation, timeToLimit, flatLine, usage, expression] as const;

type SpecOf<C> = C extends Condition<infer S> ? S : never;

/** Specification of any condition, told apart by `kind`. */
export type ConditionSpec = SpecOf<(typeof CONDITIONS)[number]>;

const byKind = new Map<string, Condition<ConditionBase>>(
  (CONDITIONS as readonly Condition<ConditionBase>[]).map((condition) => [condition.kind, condition]),
);

/** @returns null for a kind that this program does not know */
export function conditionFor(kind: string): Condition<ConditionBase> | null {
  return byKind.get(kind) ?? null;
}

/** The kind of a specification that was checked; an unknown one is a bug. */
export function kindOf(spec: ConditionBase): Condition<ConditionBase> {
  const condition = byKind.get(spec.kind);
  if (!condition) throw new Error(`E-CONDITION-002 no condition of kind "${spec.kind}" is known`);
  return condition;
}

/** The same condition with its signals under other ids. */
export function withSignals(spec: ConditionSpec, rename: (signalId: string) => string): ConditionSpec {
  const { onlyWhile } = spec;
  const renamed = onlyWhile
    ? { ...spec, onlyWhile: { ...onlyWhile, signalId: rename(onlyWhile.signalId) } }
    : spec;
  if (!('inputs' in renamed)) return renamed;
  const inputs = Object.entries(renamed.inputs).map(([name, signalId]) => [name, rename(signalId)]);
  return { ...renamed, inputs: Object.fromEntries(inputs) };
}

/** Signals that a condition looks at besides the monitor's own, each once. */
export function otherSignals(spec: ConditionBase): string[] {
  const others = kindOf(spec).others?.(spec) ?? [];
  return [...new Set(spec.onlyWhile ? [...others, spec.onlyWhile.signalId] : others)];
}
