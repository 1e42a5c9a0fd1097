// The blind review of a plan's monitor: simulated technicians of the plan look at the episodes of its backtest.
import type { BacktestResult, KnownEvent } from '#core/backtest.ts';
import { episodesOfRun } from '#core/backtest-episodes.ts';
import { MIN_EPISODES } from '#monitor/agreement.ts';
import type { PlanDocument, PlanMonitor } from '#ports/plan-file.ts';
import type { Command } from '#vocabulary/command.ts';
import { derivedId, namedId } from '#vocabulary/ids.ts';
import { readableSeats, type Seats } from './steps.ts';

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
  const episodes = episodesOfRun(result, events, Date.parse(result.to ?? ''));
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
