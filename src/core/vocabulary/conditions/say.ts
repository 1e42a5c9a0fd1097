import { spanWords } from '../time.ts';
import { kindOf } from './all.ts';
import type { ConditionBase, Phrase } from './condition.ts';

/**
 * The whole condition as the middle of a sentence, after the name of the signal: `is above` `78 °C` `for` `10 min`
 * `while` `running`.
 * @param unit the signal's own
 */
export function sayCondition(spec: ConditionBase, unit: string): Phrase[] {
  const phrases = [...kindOf(spec).say(spec, unit)];
  const { onDelayMs = 0, nOfM, onlyWhile } = spec;
  if (nOfM) {
    phrases.push({ text: 'in', slot: null }, { text: `${nOfM.n} of ${nOfM.m} readings`, slot: 'nOfM' });
  }
  if (onDelayMs > 0)
    phrases.push({ text: 'for', slot: null }, { text: spanWords(onDelayMs), slot: 'onDelayMs' });
  if (onlyWhile) phrases.push({ text: 'while', slot: null }, { text: onlyWhile.state, slot: 'onlyWhile' });
  return phrases;
}

/** The condition in one line of plain text, `is above 78 °C for 10 min`. */
export function conditionText(spec: ConditionBase, unit: string): string {
  return sayCondition(spec, unit)
    .map(({ text }) => text)
    .join(' ')
    .replaceAll(' ,', ',');
}
