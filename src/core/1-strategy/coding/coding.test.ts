import { describe, expect, it } from 'vitest';
import { byAge, type DatedText, judgeCoding, trainCoder } from './held-out.ts';
import { learn, suggest, wordsOf } from './model.ts';

const DAY = 86_400_000;
const coded = (day: number, text: string, code: string): DatedText => ({ atMs: day * DAY, text, code });

/** 60 rows over 60 days: leaks and noises, each in the words of its trade. */
function history(): DatedText[] {
  return Array.from({ length: 60 }, (_, n) =>
    n % 2 === 0 ? coded(n, `hose no${n} leaking oil`, 'Leak') : coded(n, `bearing no${n} noisy`, 'Noise'),
  );
}

describe('a suggestion', () => {
  const model = learn(history());

  it('names the code and the words that spoke for it', () => {
    expect(suggest(model, 'Oil LEAKING at L/H hose')).toMatchObject({
      code: 'Leak',
      because: expect.arrayContaining(['leaking', 'oil', 'hose']),
    });
    expect(suggest(model, 'Oil LEAKING at L/H hose')?.because).not.toContain('at');
    expect(suggest(model, 'bearing noisy')?.confidence).toBeGreaterThan(0.99);
  });

  it('is not made from words that nobody has coded', () => {
    expect(suggest(model, 'windscreen cracked')).toBeNull();
    expect(suggest(model, '')).toBeNull();
    expect(suggest(learn([]), 'oil')).toBeNull();
  });

  it('takes each word once, whatever its case and accents', () => {
    expect(wordsOf('Öl-Leck, öl LECK 10K')).toEqual(['ol', 'leck', '10k']);
  });
});

describe('the record on held-out rows', () => {
  it('holds out the newest rows by date, in whatever order they come', () => {
    const { older, newest } = byAge(history().toReversed());
    expect(older).toHaveLength(42);
    expect(Math.max(...older.map(({ atMs }) => atMs))).toBeLessThan(
      Math.min(...newest.map(({ atMs }) => atMs)),
    );
  });

  it('counts what was suggested and what agreed, per code', () => {
    const record = judgeCoding(history());
    expect(record).toMatchObject({ heldOut: 18, coded: 18, coverage: 1, agreement: 1 });
    expect(record.codes).toEqual([
      { code: 'Leak', heldOut: 9, coded: 9, agreement: 1 },
      { code: 'Noise', heldOut: 9, coded: 9, agreement: 1 },
    ]);
  });

  it('does not look at the newest rows to choose how sure it must be', () => {
    const rows = history();
    const spoiled = rows.map((row, n) => (n < 42 ? row : { ...row, code: 'Other' }));
    const { older } = byAge(spoiled);
    expect(trainCoder(older)).toEqual(trainCoder(byAge(rows).older));
    expect(judgeCoding(spoiled)).toMatchObject({ heldOut: 18, agreement: 0 });
  });
});
