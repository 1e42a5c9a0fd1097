/** Fewer repetitions than this are not reported. */
export const MIN_REPETITIONS = 5;

/** One figure: median, least and most of all repetitions. */
export interface Measured {
  name: string;
  unit: string;
  median: number;
  least: number;
  most: number;
}

/** A quotient of medians of one run; `aim` is printed beside it, never asserted. */
export interface Ratio {
  name: string;
  value: number;
  aim: string | null;
}

export interface SectionResult {
  section: string;
  /** what was measured on what, in sentences */
  about: string[];
  measured: Measured[];
  ratios: Ratio[];
}

export interface BenchOptions {
  repetitions: number;
  /** smaller sets where a section takes minutes */
  quick: boolean;
  /** one line of talk: what is being done now */
  say: (text: string) => void;
}

/** One part of the bench: one file, one line in `all.ts`. */
export interface Section {
  name: string;
  summary: string;
  run(options: BenchOptions): Promise<SectionResult>;
}

/** A case prepares itself untimed, then runs timed and returns nothing that is used. */
export interface Case {
  name: string;
  /** divides the time: samples, calls; the figure is then time per one */
  per: number;
  prepare?(): void | Promise<void>;
  run(): unknown;
}

/**
 * Runs all cases once in turn, then again, so that a slow moment of the machine falls on all of them.
 * One round more than asked runs first, uncounted, to warm up.
 * @param unit of the figures; `ns` or `ms` per case's `per`
 */
export async function interleaved(
  options: BenchOptions,
  unit: 'ns' | 'ms',
  cases: readonly Case[],
): Promise<Measured[]> {
  const taken = cases.map((): number[] => []);
  for (let round = -1; round < options.repetitions; round++) {
    for (const [k, one] of cases.entries()) {
      await one.prepare?.();
      const start = process.hrtime.bigint();
      await one.run();
      const ns = Number(process.hrtime.bigint() - start);
      if (round >= 0) taken[k]?.push((unit === 'ns' ? ns : ns / 1e6) / one.per);
    }
  }
  return cases.map((one, k) => summary(one.name, unit, taken[k] as number[]));
}

export function summary(name: string, unit: string, figures: readonly number[]): Measured {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1
      ? (sorted[middle] as number)
      : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  return { name, unit, median, least: sorted[0] as number, most: sorted.at(-1) as number };
}

/** Median of `slow` over median of `fast`: how many times faster `fast` is. */
export function times(
  name: string,
  measured: readonly Measured[],
  slow: string,
  fast: string,
  aim: string | null,
): Ratio {
  const median = (wanted: string): number => {
    const found = measured.find((one) => one.name === wanted);
    if (!found) throw new Error(`no figure named ${wanted}`);
    return found.median;
  };
  return { name, value: median(slow) / median(fast), aim };
}
