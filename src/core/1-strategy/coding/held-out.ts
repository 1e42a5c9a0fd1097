// How good suggestions are, on rows the model has not seen: the newest are held out, as they are in life.
import { type CodedText, type CodingModel, learn, suggest } from './model.ts';

export interface DatedText extends CodedText {
  atMs: number;
}

export const HELD_OUT_SHARE = 0.3;
/** Suggestions are held back so that about so many of them agree, as far as older rows can tell ... */
const WANTED_AGREEMENT = 0.95;
/** ... but not more than this share of rows is left without one. */
const WANTED_COVERAGE = 0.88;
/** Below so many held-out rows of a code its figures say little. */
export const MIN_ROWS_OF_CODE = 10;

export interface CodeRecord {
  code: string;
  heldOut: number;
  coded: number;
  /** agreeing suggestions of its rows / suggestions of its rows; null when none was made */
  agreement: number | null;
}

export interface CodingRecord {
  heldOut: number;
  coded: number;
  coverage: number | null;
  agreement: number | null;
  threshold: number;
  /** by truth, most rows first */
  codes: CodeRecord[];
}

export interface Coder {
  model: CodingModel;
  /** least confidence of a suggestion that is made */
  threshold: number;
}

/** Splits coded rows by date: the older to learn from, the newest share to judge by. Equal dates keep their order. */
export function byAge<T extends DatedText>(
  rows: readonly T[],
  part = HELD_OUT_SHARE,
): { older: T[]; newest: T[] } {
  const sorted = rows.toSorted((a, b) => a.atMs - b.atMs);
  const cut = sorted.length - Math.round(sorted.length * part);
  return { older: sorted.slice(0, cut), newest: sorted.slice(cut) };
}

/** Learns from rows; the threshold is chosen on the newest of these rows by a model that has not seen them. */
export function trainCoder(rows: readonly DatedText[]): Coder {
  const inner = byAge(rows);
  return { model: learn(rows), threshold: thresholdOf(learn(inner.older), inner.newest) };
}

/** The lowest confidence down to which suggestions still agree as wanted, and at most the one that covers enough rows. */
function thresholdOf(model: CodingModel, judged: readonly DatedText[]): number {
  const tried = judged
    .map(({ text, code }) => {
      const made = suggest(model, text);
      return { confidence: made?.confidence ?? 0, agrees: made?.code === code };
    })
    .toSorted((a, b) => b.confidence - a.confidence);
  let agreeing = 0;
  let made = Math.ceil(tried.length * WANTED_COVERAGE);
  for (const [n, { agrees }] of tried.entries()) {
    if (agrees) agreeing++;
    if (agreeing / (n + 1) >= WANTED_AGREEMENT) made = Math.max(made, n + 1);
  }
  return tried[made - 1]?.confidence ?? 0;
}

/** Learns from the older rows and judges by the newest. */
export function judgeCoding(rows: readonly DatedText[]): CodingRecord {
  const { older, newest } = byAge(rows);
  const coder = trainCoder(older);
  const codes = new Map<string, { heldOut: number; coded: number; agreeing: number }>();
  for (const { text, code } of newest) {
    const record = codes.get(code) ?? { heldOut: 0, coded: 0, agreeing: 0 };
    codes.set(code, record);
    record.heldOut++;
    const made = suggest(coder.model, text);
    if (made === null || made.confidence < coder.threshold) continue;
    record.coded++;
    if (made.code === code) record.agreeing++;
  }
  const all = [...codes.values()];
  const coded = all.reduce((sum, record) => sum + record.coded, 0);
  const agreeing = all.reduce((sum, record) => sum + record.agreeing, 0);
  return {
    heldOut: newest.length,
    coded,
    coverage: share(coded, newest.length),
    agreement: share(agreeing, coded),
    threshold: coder.threshold,
    codes: [...codes]
      .map(([code, record]) => ({
        code,
        heldOut: record.heldOut,
        coded: record.coded,
        agreement: share(record.agreeing, record.coded),
      }))
      .toSorted((a, b) => b.heldOut - a.heldOut || (a.code < b.code ? -1 : 1)),
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
