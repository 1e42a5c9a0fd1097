// Loads a plan into a running site: people, strategy, monitors, their backtests, and the way through the gate.
import { type BacktestResult, backtest, type History, type KnownEvent } from '#core/backtest.ts';
import { backtestRecord } from '#core/backtest-record.ts';
import { PortFailure } from '#ports/failure.ts';
import type { PeopleStore } from '#ports/people.ts';
import type { PlanDocument, PlanMonitor } from '#ports/plan-file.ts';
import type { Command } from '#vocabulary/command.ts';
import { derivedId, namedId } from '#vocabulary/ids.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { reviewCommands } from '../plan/review-steps.ts';
import { seatsOf } from '../plan/seats.ts';
import { goLiveSteps, planPeople, planSteps, type Seats } from '../plan/steps.ts';
import type { Site } from '../site.ts';

/** What a monitor's backtest runs on. */
export interface BacktestBasis {
  history: History;
  dataHash: string;
  inHindsight: boolean;
  /** known events of its failure mode; null when none are recorded */
  events: readonly KnownEvent[] | null;
}

/** Finds the history of a monitor's signal; null when there is none. */
export type HistoryOf = (signalId: string, one: PlanMonitor) => BacktestBasis | null;

/**
 * Describes the plant and records names. The clock must stand at the time the plan is to take effect.
 * @param monitors which monitors to draft now; the others are left to `draftMonitors`
 * @returns who sits on the seats of the plan
 */
export async function describePlant(
  site: Pick<Site, 'run'>,
  people: PeopleStore,
  plan: PlanDocument,
  monitors: (one: PlanMonitor) => boolean = () => true,
): Promise<Seats> {
  const seats = seatsOf(people, plan);
  for (const person of planPeople(plan, plan.site, seats)) {
    // who has taken an invitation keeps the name given there
    if (person.simulated || !people.person(person.personId)) people.put(person);
  }
  for (const { command, path } of planSteps(plan, plan.site, seats)) {
    const one = monitorAt(plan, path);
    if (!one || monitors(one)) await mustRun(site, command);
  }
  return seats;
}

/** Drafts the monitors that `describePlant` left out, and starts the trials that the plan wants. */
export async function draftMonitors(
  site: Pick<Site, 'run'>,
  plan: PlanDocument,
  seats: Seats,
  monitors: (one: PlanMonitor) => boolean,
): Promise<void> {
  for (const { command, path } of planSteps(plan, plan.site, seats)) {
    const one = monitorAt(plan, path);
    if (one && monitors(one)) await mustRun(site, command);
  }
}

/** The monitor a step of the plan is about; null for steps about anything else. */
function monitorAt(plan: PlanDocument, path: string): PlanMonitor | null {
  const place = /^monitors\.(\d+)/.exec(path)?.[1];
  return place === undefined ? null : (plan.monitors[Number(place)] ?? null);
}

/**
 * Judges every monitor that shall be live on its history, records the backtest and walks it through the gate, in the
 * name of simulated people.
 * @returns the backtests by monitor id
 * @throws PortFailure E-PLAN-020 with what the gate still asks, -021 when a real person would have to sign
 */
export async function goLive(
  site: Pick<Site, 'run'>,
  plan: PlanDocument,
  seats: Seats,
  historyOf: HistoryOf,
): Promise<Map<string, BacktestResult>> {
  signedBySimulated(plan);
  const results = new Map<string, BacktestResult>();
  for (const one of plan.monitors) {
    const found = one.wanted === 'live' ? historyOf(one.definition.signalId, one) : null;
    if (!found) continue;
    const { condition, staleAfterMs, quietMs } = one.definition;
    const { history, events, dataHash, inHindsight } = found;
    const options = events && events.length > 0 ? { quietMs, events } : { quietMs };
    const result = backtest(history, { condition, staleAfterMs }, options);
    results.set(one.monitorId, result);
    const monitorId = namedId(plan.site, one.monitorId);
    const record = backtestRecord(result, { monitorId, version: 1, dataHash, inHindsight });
    const id = `backtest:${derivedId(plan.site, `${monitorId}:${dataHash}`, 'backtest', 0).slice(0, 12)}`;
    await mustRun(site, { id, type: 'monitor.record-backtest', actor: 'system:setup', data: record });
    for (const command of reviewCommands(plan, one, result, events, seats)) await mustRun(site, command);
  }
  for (const { command } of goLiveSteps(plan, plan.site, seats)) await mustRun(site, command);
  return results;
}

/** Nothing is proposed or signed in the name of a real person, who does that at a screen. */
function signedBySimulated(plan: PlanDocument): void {
  for (const one of plan.monitors) {
    if (one.wanted !== 'live') continue;
    const signing = [
      one.proposer,
      one.activator ?? one.definition.owner,
      ...one.signOffs.map(({ by }) => by),
    ];
    const real = plan.people.find(({ personId, simulated }) => !simulated && signing.includes(personId));
    if (!real) continue;
    throw new PortFailure(
      'E-PLAN-021',
      `"${one.monitorId}" would go live in the name of "${real.personId}", who is a real person.`,
      'Mark the people of a simulated plant as simulated; on a plant of your own they sign at the screen.',
      false,
    );
  }
}

/** Runs a command that a sound plan must get through. @throws PortFailure E-PLAN-020 with every refused item */
export async function mustRun(site: Pick<Site, 'run'>, command: Command): Promise<void> {
  const answer = await site.run(command);
  if (!isRefusal(answer)) return;
  const items = answer.items.map((item) => `\n  ${item.code} ${item.message} ${item.mend}`).join('');
  throw new PortFailure(
    'E-PLAN-020',
    `The plan was refused at "${command.type}" (${answer.code}): ${answer.message}${items}`,
    answer.mend,
    false,
  );
}
