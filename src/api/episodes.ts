// What a blind review shows is computed here: nobody sends what came of an alert along with the wish to be believed.
import { episodesOfRun } from '#core/backtest-episodes.ts';
import type { KnownEpisode } from '#monitor/agreement-events.ts';
import { MIN_EPISODES } from '#monitor/agreement.ts';
import type { MonitorId } from '#vocabulary/ids.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { pastEpisodes } from '#views/agreement.ts';
import { knownEvents } from '#views/design.ts';
import { asRefused, refused, untilGone } from './problem.ts';
import type { Call } from './route.ts';

/**
 * Alerts that findings have told; where they are too few, the version judged once more on the stretch of its recorded
 * backtest, on the archive's thread, beside the breakdowns that were marked or found.
 */
export async function episodesFor(call: Call, monitorId: MonitorId, number: number): Promise<KnownEpisode[]> {
  const state = call.site.state();
  const told = pastEpisodes(state, monitorId);
  const version = state.monitor.monitors.get(monitorId)?.versions.get(number);
  if (told.length >= MIN_EPISODES || !version?.backtest) return told;
  const { from: fromMs, to: toMs } = version.backtest;
  const events = knownEvents(state, version.definition.failureModeId)
    .filter((event) => event.fromMs <= toMs && event.toMs >= fromMs)
    .map((event) => ({ fromMs: event.fromMs, toMs: event.toMs, atMs: event.atMs }));
  if (events.length === 0) return told;
  const wish = { monitorId, version: number, fromMs, toMs, condition: null, events };
  const run = await call.history
    .backtest(call.personId, wish, untilGone(call.reply))
    .catch((failure: unknown) => {
      throw asRefused(failure);
    });
  if (isRefusal(run)) throw refused(run);
  // named by their time, so that an answer to other episodes than these is no answer
  return episodesOfRun(run, events, toMs).map((one) => ({ ...one, episodeId: `past-${one.atMs}` }));
}
