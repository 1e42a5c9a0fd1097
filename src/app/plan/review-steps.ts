// The blind review of a plan's monitor: simulated technicians of the plan look at the episodes of its backtest.
import type { BacktestResult, KnownEvent } from '#core/backtest.ts';
import type { PlanDocument, PlanMonitor } from '#ports/plan-file.ts';
import type { Command } from '#vocabulary/command.ts';
import { derivedId, namedId } from '#vocabulary/ids.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { readableSeats, type Seats } from './steps.ts';

/** Fewer past episodes than this are no review, more are not shown. */
const MIN_EPISODES = 5;
const MAX_EPISODES = 20;
/** Readings shown before each alert. */
const SHOWN_MS = DAY_MS;

interface PastEpisode {
  episodeId: string;
  fromMs: number;
  toMs: number;
  atMs: number;
  real: boolean;
}

function episodesOf(result: BacktestResult, events: readonly KnownEvent[], endMs: number): PastEpisode[] {
  return result.notifications.slice(-MAX_EPISODES).map(({ openedAt, closedAt }, i) => {
    const atMs = Date.parse(openedAt);
    const closedMs = closedAt === null ? endMs : Date.parse(closedAt);
    const real = events.some((event) => event.fromMs <= closedMs && event.toMs >= atMs);
    return { episodeId: `past-${i + 1}`, fromMs: atMs - SHOWN_MS, toMs: atMs, atMs, real };
  });
}

/**
 * Commands that show the episodes of a scored backtest and sign for the plan's simulated technicians. A simulated
 * technician goes to every alert, so they agree where the alert was right; real people answer for themselves.
 * @returns [] where there are too few episodes, or nobody knows what came of them
 */
export function reviewCommands(
  plan: PlanDocument,
  one: PlanMonitor,
  result: BacktestResult,
  events: readonly KnownEvent[] | null,
  seats: Seats = readableSeats(plan, plan.site),
): Command[] {
  if (!events || !result.score || result.notifications.length < MIN_EPISODES) return [];
  const episodes = episodesOf(result, events, Date.parse(result.to ?? ''));
  const about = { monitorId: namedId(plan.site, one.monitorId), version: 1 };
  const id = `review:${derivedId(plan.site, `${about.monitorId}:${JSON.stringify(episodes)}`, 'review', 0).slice(0, 12)}`;
  const commands: Command[] = [
    { id, type: 'monitor.open-review', actor: 'system:setup', data: { ...about, episodes } },
  ];
  const agreed = episodes.filter((episode) => episode.real).length;
  for (const { by, as } of one.signOffs) {
    const simulated = plan.people.find((person) => person.personId === by)?.simulated ?? false;
    if (as !== 'technician' || !simulated) continue;
    const data = { ...about, agreed, of: episodes.length, commentRef: null };
    const actor = `person:${seats.get(by) ?? namedId(plan.site, by)}` as const;
    commands.push({ id: `${id}:${by}`, type: 'monitor.sign-review', actor, data });
  }
  return commands;
}
