// Suggests a failure mode for a free text, from texts that people have coded before: naive Bayes over single words.

export interface CodedText {
  text: string;
  code: string;
}

interface CodeCounts {
  texts: number;
  /** texts that hold a word */
  withWord: Map<string, number>;
  words: number;
}

/** Everything a suggestion rests on; every count can be looked up. */
export interface CodingModel {
  texts: number;
  codes: Map<string, CodeCounts>;
  vocabulary: Set<string>;
}

export interface Suggestion {
  code: string;
  /** 0..1, as the model sees it: words are taken for independent, so it is too sure of itself; compare, do not quote */
  confidence: number;
  /** words that spoke for this code rather than the next likely one, the strongest first */
  because: string[];
}

/**
 * Added to every count, so that a word that a code never had does not rule it out (Lidstone). Small, because short
 * texts of a trade repeat the same few words: chosen on older rows only.
 */
const SMOOTHING = 0.1;
/** Words of a text that are looked at. */
const MAX_WORDS = 64;
const MAX_BECAUSE = 5;

/** Distinct words of a text in lower case; digits stay, because `10k` or `no2` mean something to a crew. */
export function wordsOf(text: string): string[] {
  const words =
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)].slice(0, MAX_WORDS);
}

export function learn(coded: readonly CodedText[]): CodingModel {
  const model: CodingModel = { texts: coded.length, codes: new Map(), vocabulary: new Set() };
  for (const { text, code } of coded) {
    const counts = model.codes.get(code) ?? { texts: 0, withWord: new Map(), words: 0 };
    model.codes.set(code, counts);
    counts.texts++;
    for (const word of wordsOf(text)) {
      counts.withWord.set(word, (counts.withWord.get(word) ?? 0) + 1);
      counts.words++;
      model.vocabulary.add(word);
    }
  }
  return model;
}

/** @returns null when the text holds no word that the model has ever seen */
export function suggest(model: CodingModel, text: string): Suggestion | null {
  const words = wordsOf(text).filter((word) => model.vocabulary.has(word));
  if (words.length === 0) return null;
  const scored = [...model.codes].map(([code, counts]) => ({
    code,
    counts,
    score: scoreOf(model, counts, words),
  }));
  scored.sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1));
  const [best, next] = scored;
  if (!best) return null;
  const total = scored.reduce((sum, { score }) => sum + Math.exp(score - best.score), 0);
  const spoke = words
    .map((word) => ({
      word,
      weight: weightOf(model, best.counts, word) - (next ? weightOf(model, next.counts, word) : 0),
    }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  return {
    code: best.code,
    confidence: 1 / total,
    because: spoke.slice(0, MAX_BECAUSE).map(({ word }) => word),
  };
}

function scoreOf(model: CodingModel, counts: CodeCounts, words: readonly string[]): number {
  let score = Math.log(counts.texts / model.texts);
  for (const word of words) score += weightOf(model, counts, word);
  return score;
}

function weightOf(model: CodingModel, counts: CodeCounts, word: string): number {
  const held = (counts.withWord.get(word) ?? 0) + SMOOTHING;
  return Math.log(held / (counts.words + SMOOTHING * model.vocabulary.size));
}
