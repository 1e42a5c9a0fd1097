// Past notifications of a run, as a blind review shows them, with what came of each.
import type { KnownEpisode } from '#monitor/agreement-events.ts';
import { MAX_EPISODES } from '#monitor/agreement.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { BacktestResult, KnownEvent } from './backtest.ts';

/** Readings shown before each alert. */
export const SHOWN_MS = DAY_MS;

/**
 * The newest notifications of a run, oldest first; one that overlaps a known event was right.
 * @param endMs where the run ends, for a notification that is still open
 */
export function episodesOfRun(
  result: Pick<BacktestResult, 'notifications'>,
  events: readonly KnownEvent[],
  endMs: number,
): KnownEpisode[] {
  return result.notifications.slice(-MAX_EPISODES).map(({ openedAt, closedAt }, i) => {
    const atMs = Date.parse(openedAt);
    const closedMs = closedAt === null ? endMs : Date.parse(closedAt);
    const real = events.some((event) => event.fromMs <= closedMs && event.toMs >= atMs);
    return { episodeId: `past-${i + 1}`, fromMs: atMs - SHOWN_MS, toMs: atMs, atMs, real };
  });
}
