import { ruleOf } from '../expression.ts';
import type { Condition, ConditionBase } from './condition.ts';

/**
 * A rule over several signals, judged with each reading of the monitor's own signal and the last accepted values of the
 * others. While one of them has no valid reading, the rule is not judged.
 */
export interface ExpressionSpec extends ConditionBase {
  kind: 'expression';
  /** for example `value - inlet > 6 && flow >= 10`; `value` is the monitor's own signal */
  rule: string;
  /** names of the other figures to their signal ids */
  inputs: Record<string, string>;
}

/** What the rule calls the monitor's own signal. */
export const OWN = 'value';
export const MAX_INPUTS = 8;

/** Smallest words that a rule may use as names. */
const WORD = /[a-zA-Z_][a-zA-Z0-9_]*/g;

function namesOf(spec: ExpressionSpec): string[] {
  return Object.keys(spec.inputs).toSorted();
}

export const expression: Condition<ExpressionSpec> = {
  kind: 'expression',
  title: 'a rule over several signals',
  fields: [
    { key: 'rule', label: 'Rule', of: 'text' },
    { key: 'inputs', label: 'Other signals', of: 'signals', most: MAX_INPUTS },
  ],
  columns: [],
  silence: 'blinds',

  problem(spec) {
    const names = namesOf(spec);
    if (names.includes(OWN))
      return `"${OWN}" is the monitor's own signal; call the other one something else.`;
    const rule = ruleOf(spec.rule, [OWN, ...names]);
    if (typeof rule === 'string') return `The rule cannot be read: ${rule}`;
    const used = new Set(spec.rule.match(WORD));
    const idle = [OWN, ...names].find((name) => !used.has(name));
    return idle === undefined ? null : `The rule does not use "${idle}".`;
  },

  say({ rule }) {
    return [
      { text: 'fits the rule', slot: null },
      { text: rule, slot: 'rule' },
    ];
  },

  short: () => 'rule holds',
  edge: () => null,
  lagMs: () => 0,

  silenceMs(_spec, staleAfterMs) {
    return staleAfterMs;
  },

  prepare() {},

  holds(_cells, _at, held) {
    return held;
  },

  worse(_cells, _at, _a, b) {
    return b;
  },

  quietLow: () => Number.NaN,
  quietHigh: () => Number.NaN,

  others(spec) {
    return namesOf(spec).map((name) => spec.inputs[name] as string);
  },

  among(spec) {
    const rule = ruleOf(spec.rule, [OWN, ...namesOf(spec)]);
    if (typeof rule === 'string')
      throw new Error(`E-CONDITION-001 the rule "${spec.rule}" was never checked: ${rule}`);
    const values = new Float64Array(1 + MAX_INPUTS);
    return (own, others) => {
      values[0] = own;
      values.set(others, 1);
      return rule(values);
    };
  },
};
