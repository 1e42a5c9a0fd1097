import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Series } from '../../src/api/contract.ts';
import { reading } from './queries.ts';

/** Range ends are rounded to this, so that a picture asked again a moment later is the same question. */
const ROUND_MS = 60_000;

/**
 * Readings of a signal in a range of plant time; at most `points`, as buckets when there are more. What is shown
 * stays while another range of the same signal is on its way.
 * @param asked false asks nothing yet
 */
export function useSeries(signalId: string, fromMs: number, toMs: number, points: number, asked = true) {
  const from = Math.floor(fromMs / ROUND_MS) * ROUND_MS;
  const to = Math.ceil(toMs / ROUND_MS) * ROUND_MS;
  const path = `/api/v1/acquire/series/${signalId}?fromMs=${from}&toMs=${to}&points=${points}`;
  return useQuery({
    ...reading<Series>('acquire', path, 'series', signalId, from, to, points),
    enabled: asked,
    placeholderData: keepPreviousData,
  });
}

/** A line breaks where readings lie further apart than this many usual intervals. */
const GAP_INTERVALS = 3;

/**
 * Times and values with a hole (null) wherever readings are missing, so that a gap stays one.
 * @param usualIntervalMs 0 when it is not known: then only the series' own holes count
 */
export function withGaps(
  series: Series,
  usualIntervalMs: number,
): { timesMs: number[]; values: (number | null)[] } {
  const apartMs = GAP_INTERVALS * Math.max(usualIntervalMs, series.bucketMs);
  const timesMs: number[] = [];
  const values: (number | null)[] = [];
  series.timeMs.forEach((atMs, place) => {
    const before = series.timeMs[place - 1];
    if (apartMs > 0 && before !== undefined && atMs - before > apartMs) {
      timesMs.push(before + 1);
      values.push(null);
    }
    timesMs.push(atMs);
    values.push(series.value[place] ?? null);
  });
  return { timesMs, values };
}
