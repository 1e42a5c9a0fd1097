import { conditionFor, CONDITIONS } from './all.ts';
import type { ConditionBase, Field } from './condition.ts';
import { MAX_EXPRESSION_LENGTH } from '../expression.ts';
import { nearest } from '../nearest.ts';

/** n of m counts in a whole number's bits. */
export const MAX_M = 32;

/**
 * Everything that is wrong with a specification, in words for its author; [] when it can be judged. Takes any object, so
 * that what a person or a file wrote can be checked before it is believed.
 */
export function conditionProblems(spec: ConditionBase): string[] {
  const condition = conditionFor(spec.kind);
  if (!condition) {
    const kinds = CONDITIONS.map(({ kind }) => kind);
    const meant = nearest(spec.kind, kinds);
    return [
      `There is no condition "${spec.kind}"${meant ? `; did you mean "${meant}"?` : `: choose ${kinds.join(', ')}.`}`,
    ];
  }
  const given = spec as unknown as Record<string, unknown>;
  const problems = [
    ...condition.fields.flatMap((field) => problemsOfField(field, given[field.key])),
    ...shared(spec),
  ];
  if (problems.length > 0) return problems;
  const problem = condition.problem(spec);
  return problem === null ? [] : [problem];
}

function problemsOfField(field: Field, given: unknown): string[] {
  const { label, of } = field;
  if (given === undefined && field.optional) return [];
  if (of === 'choice') {
    const choices = field.choices ?? [];
    return choices.includes(given as string)
      ? []
      : [`${label} is ${String(given)}; choose ${choices.join(' or ')}.`];
  }
  if (of === 'text') {
    if (typeof given !== 'string' || given.trim() === '') return [`${label} is empty.`];
    return given.length > MAX_EXPRESSION_LENGTH
      ? [`${label} is longer than ${MAX_EXPRESSION_LENGTH} characters.`]
      : [];
  }
  if (of === 'signals') return problemsOfSignals(field, given);
  const least = field.least ?? (of === 'reading' || of === 'slope' ? -Number.MAX_VALUE : 0);
  const most = field.most ?? Number.MAX_VALUE;
  if (typeof given !== 'number' || !(given >= least && given <= most)) {
    return [
      `${label} is ${String(given)}; it must be ${most === Number.MAX_VALUE ? `a finite number${least > -Number.MAX_VALUE ? ` of at least ${least}` : ''}` : `between ${least} and ${most}`}.`,
    ];
  }
  return of === 'count' && !Number.isInteger(given)
    ? [`${label} is ${given}; it must be a whole number.`]
    : [];
}

function problemsOfSignals({ label, most = Number.MAX_VALUE }: Field, given: unknown): string[] {
  if (typeof given !== 'object' || given === null) return [`${label}: name each figure and its signal.`];
  const ids = Object.values(given);
  if (ids.length > most) return [`${label} has ${ids.length} signals; at most ${most} are read together.`];
  return ids.every((id) => typeof id === 'string' && id !== '')
    ? []
    : [`${label}: each name needs a signal.`];
}

function shared({ onDelayMs = 0, offDelayMs = 0, nOfM, onlyWhile }: ConditionBase): string[] {
  const problems: string[] = [];
  const isDelay = (ms: number): boolean => ms >= 0 && Number.isFinite(ms);
  if (!isDelay(onDelayMs)) problems.push(`The on-delay is ${onDelayMs} ms; it must be 0 or more.`);
  if (!isDelay(offDelayMs)) problems.push(`The off-delay is ${offDelayMs} ms; it must be 0 or more.`);
  if (nOfM) {
    const { n, m } = nOfM;
    const fits = Number.isInteger(n) && Number.isInteger(m) && n >= 1 && n <= m && m <= MAX_M;
    if (!fits) problems.push(`${n} of ${m} readings cannot be counted: n from 1 to m, m at most ${MAX_M}.`);
  }
  if (onlyWhile) {
    const { signalId, atLeast, atMost, state, holdsMs } = onlyWhile;
    if (!state) problems.push('The operating state has no name: write what people call it.');
    if (holdsMs !== null && !(holdsMs > 0))
      problems.push('The operating state holds for no time: give it some, or none at all.');
    if (!signalId) problems.push('The operating state comes from no signal: name one.');
    if (atLeast === null && atMost === null)
      problems.push('The operating state has no bound: give at least one.');
    if (atLeast !== null && atMost !== null && atLeast > atMost) {
      problems.push(`The operating state lies between ${atLeast} and ${atMost}, which is nowhere.`);
    }
  }
  return problems;
}
