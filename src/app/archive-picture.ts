// Readings in memory as the few points that a screen can show; on the archive's thread.
import type { History } from '#core/backtest-history.ts';
import type { Series } from '#ports/samples.ts';
import { BAD } from '#vocabulary/quality.ts';

/** The lowest and the highest good value of each stretch of time, in their order; an empty stretch is a gap. */
export function pictureOf({ timeMs, value, quality }: History, points: number): Series {
  const fromMs = timeMs[0] ?? 0;
  const buckets = Math.max(1, Math.floor(points / 2));
  const bucketMs = Math.max(1, ((timeMs.at(-1) ?? fromMs) - fromMs + 1) / buckets);
  const lowest = new Int32Array(buckets).fill(-1);
  const highest = new Int32Array(buckets).fill(-1);
  for (let i = 0; i < timeMs.length; i++) {
    if ((quality[i] as number) >= BAD || !Number.isFinite(value[i])) continue;
    const bucket = Math.floor(((timeMs[i] as number) - fromMs) / bucketMs);
    if (bucket < 0 || bucket >= buckets) continue;
    const low = lowest[bucket] as number;
    const high = highest[bucket] as number;
    if (low < 0 || (value[i] as number) < (value[low] as number)) lowest[bucket] = i;
    if (high < 0 || (value[i] as number) > (value[high] as number)) highest[bucket] = i;
  }
  const rows = new Set<number>();
  for (let bucket = 0; bucket < buckets; bucket++) {
    const [low, high] = [lowest[bucket] as number, highest[bucket] as number];
    if (low >= 0) for (const row of low < high ? [low, high] : [high, low]) rows.add(row);
  }
  const drawn = [...rows];
  return {
    timeMs: drawn.map((row) => timeMs[row] as number),
    value: drawn.map((row) => value[row] as number),
    min: null,
    max: null,
    bucketMs,
    notAccepted: { bad: 0, late: 0, repeated: 0, future: 0 },
  };
}
