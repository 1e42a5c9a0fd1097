// A plan as the commands that bring its monitors through their doors, on a calm history of four weeks and a bit.
import { readPlan } from '#app/compose.ts';
import { describePlant, goLive } from '#app/demo/load-plan.ts';
import { readableSeats } from '#app/plan/steps.ts';
import type { History } from '#core/backtest.ts';
import type { Answer } from '#core/line.ts';
import type { PeopleStore } from '#ports/people.ts';
import type { PlanDocument } from '#ports/plan-file.ts';
import type { Command } from '#vocabulary/command.ts';
import { DAY_MS, MINUTE_MS } from '#vocabulary/time.ts';

const HISTORY_MS = 30 * DAY_MS;
const EVERY_MS = 5 * MINUTE_MS;

/** @throws Error with every finding when the file is no plan */
export async function planFrom(path: string): Promise<PlanDocument> {
  const { plan, findings } = await readPlan(path);
  if (!plan) throw new Error(`${path}: ${findings.map((one) => `${one.line} ${one.message}`).join('; ')}`);
  return plan;
}

/** Readings that no monitor of the plan minds, ending at `toMs`. */
export function calmHistory(plan: PlanDocument, signalId: string, toMs: number): History {
  const limits = plan.monitors.flatMap(({ definition: { signalId: of, condition } }) =>
    of === signalId && condition.kind === 'limit' ? [condition] : [],
  );
  const lows = limits.filter((limit) => limit.direction === 'low').map((limit) => limit.limit);
  const highs = limits.filter((limit) => limit.direction === 'high').map((limit) => limit.limit);
  const below = highs.length > 0 ? Math.min(...highs) - 5 : 1;
  const calm = lows.length > 0 ? Math.max(...lows) + 20 : below;
  const rows = HISTORY_MS / EVERY_MS;
  return {
    timeMs: Float64Array.from({ length: rows }, (_, n) => toMs - (rows - n) * EVERY_MS),
    value: new Float64Array(rows).fill(calm),
    quality: new Uint8Array(rows),
  };
}

/** Commands that describe the plan's plant and take its monitors live at `nowMs`. */
export async function describingCommands(plan: PlanDocument, nowMs: number): Promise<Command[]> {
  const commands: Command[] = [];
  const keeping = {
    async run(command: Command): Promise<Answer> {
      commands.push(command);
      return { ok: true, facts: 0, seq: 0 };
    },
  };
  const readable = readableSeats(plan, plan.site);
  const seat = (name: string) => readable.get(name) ?? null;
  const noNames = { put: () => undefined, seat } as unknown as PeopleStore;
  const seats = await describePlant(keeping, noNames, plan);
  const historyOf = (signalId: string) => ({
    history: calmHistory(plan, signalId, nowMs),
    dataHash: 'calm',
    events: null,
    inHindsight: false,
  });
  await goLive(keeping, plan, seats, historyOf);
  return commands;
}
