import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readPlan } from '#app/compose.ts';
import type { BacktestResult } from '#core/backtest.ts';
import { createLine, feed, type Line } from '#core/line.ts';
import { liveGate } from '#monitor/gate.ts';
import { judgedMonitors } from '#monitor/judged.ts';
import type { PlanDocument } from '#ports/plan-file.ts';
import type { Command } from '#vocabulary/command.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import { reviewCommands } from './review-steps.ts';
import { goLiveSteps, planCommands, planPeople } from './steps.ts';

const example = fileURLToPath(new URL('../../../examples/recorded-machine/plan.yaml', import.meta.url));
const SITE = 'recorded';
const NOW_MS = Date.UTC(2013, 11, 2, 21, 15);

/** The counts of the backtest on the recording: five notifications in eleven weeks, four of them at a known event. */
const backtest = {
  monitorId: 'recorded.M-1-temperature-low',
  version: 1,
  from: NOW_MS,
  to: NOW_MS + 79 * DAY_MS,
  samples: 22_695,
  alerts: 7,
  notifications: 5,
  alertsPerWeek: (7 / 79) * 7,
  notificationsPerWeek: (5 / 79) * 7,
  events: 4,
  caught: 4,
  precision: 0.8,
  leadHours: [22.3, 10.5, 11.9, 23.8],
  inHindsight: true,
  dataHash: 'recorded',
};

let plan: PlanDocument;
beforeAll(async () => {
  plan = (await readPlan(example)).plan as PlanDocument;
});

let seq = 0;
function run(line: Line, command: Command): number {
  const { answer } = feed(line, { kind: 'command', seq: ++seq, receivedMs: NOW_MS, command });
  if (answer === null || isRefusal(answer)) throw new Error(`${command.type}: ${JSON.stringify(answer)}`);
  return answer.facts;
}

function loaded(): Line {
  const line = createLine(SITE);
  for (const command of planCommands(plan, SITE)) run(line, command);
  return line;
}

describe('the recorded machine', () => {
  it('goes through the whole gate once its backtest is recorded', () => {
    const line = loaded();
    const actor = 'person:recorded.ada' as const;
    const items = () => liveGate(line.state.monitor, backtest.monitorId, 1, NOW_MS);
    const open = () => items().filter((item) => !item.met);
    expect(open().map((item) => item.code)).toEqual(['E-GATE-215', 'E-GATE-216', 'E-GATE-217']);
    run(line, { id: 'b', type: 'monitor.record-backtest', actor, data: backtest });
    expect(open().map((item) => item.code)).toEqual(['E-GATE-216', 'E-GATE-220']);
    const [monitor] = plan.monitors;
    if (!monitor) throw new Error('the plan has no monitor');
    const times = [1, 2, 3, 4, 5].map((day) => new Date(NOW_MS + day * DAY_MS).toISOString());
    const notifications = times.map((openedAt) => ({ openedAt, closedAt: openedAt, alerts: 1 }));
    const events = times.slice(1).map((at) => ({ fromMs: Date.parse(at), toMs: Date.parse(at), atMs: 0 }));
    const result = { notifications, score: {}, to: times[4] } as unknown as BacktestResult;
    for (const command of reviewCommands(plan, monitor, result, events)) run(line, command);
    expect(open().map((item) => item.code)).toEqual(['E-GATE-216']);
    expect(items().find((item) => item.code === 'E-GATE-220')?.detail).toContain('80 %');
    for (const { command } of goLiveSteps(plan, SITE)) run(line, command);
    expect(open()).toEqual([]);
    expect(items().some((item) => item.detail.includes('assumed'))).toBe(false);
    expect(items().find((item) => item.code === 'E-GATE-215')?.detail).toContain('in hindsight');
    expect(judgedMonitors(line.state.monitor)).toMatchObject([{ version: 1, trial: false }]);
  });

  it('is in the units of the core', () => {
    const [monitor] = plan.monitors;
    expect(monitor?.definition.condition).toEqual({
      kind: 'limit',
      direction: 'low',
      limit: 65,
      deadband: 3,
      onDelayMs: 6 * HOUR_MS,
      offDelayMs: 2 * HOUR_MS,
    });
    expect(monitor?.definition).toMatchObject({ quietMs: DAY_MS, staleAfterMs: HOUR_MS / 2 });
    expect(plan.crews[0]).toMatchObject({ cbmShare: 0.1, rateMinorPerH: 5_500 });
    expect(plan.failureModes[0]?.pfMinMs?.value).toBe(7 * DAY_MS);
    expect(plan.objectives[0]?.valuePerUnitMinor?.value).toBe(135_000);
  });

  it('names simulated people only, all of them with a role', () => {
    const people = planPeople(plan, SITE);
    expect(people.every((person) => person.simulated)).toBe(true);
    expect(plan.people.every((person) => person.roles.length > 0)).toBe(true);
  });
});

describe('loading a plan', () => {
  it('gives the same commands each time, and adds nothing the second time', () => {
    const again = planCommands(plan, SITE);
    expect(again).toEqual(planCommands(structuredClone(plan), SITE));
    expect(new Set(again.map((command) => command.id)).size).toBe(again.length);
    const line = loaded();
    const facts = line.state.facts;
    expect(again.map((command) => run(line, command))).toEqual(again.map(() => 0));
    expect(line.state.facts).toBe(facts);
  });

  it('gives other ids once a word has changed', () => {
    const changed = structuredClone(plan);
    changed.plant.name = 'Another';
    expect(planCommands(changed, SITE)[0]?.id).not.toBe(planCommands(plan, SITE)[0]?.id);
  });

  it('registers parents before children, whatever the order of the file', () => {
    const nested = structuredClone(plan);
    const [machine] = nested.assets;
    if (!machine) throw new Error('no asset');
    nested.assets.unshift({ ...machine, assetId: 'drive', parentId: 'M-1' });
    nested.criticality.unshift(null);
    const order = planCommands(nested, SITE)
      .filter((command) => command.type === 'strategy.register-asset')
      .map((command) => (command.data as { assetId: string }).assetId);
    expect(order).toEqual(['recorded.M-1', 'recorded.drive']);
  });
});
