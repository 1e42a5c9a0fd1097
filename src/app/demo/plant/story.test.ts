import { backtestRecord } from '#core/backtest-record.ts';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readPlan } from '#app/compose.ts';
import { checkedPlan } from '#app/plan/check.ts';
import { goLiveSteps, planCommands } from '#app/plan/steps.ts';
import { backtest, type BacktestResult } from '#core/backtest.ts';
import { createLine, feed, type Line } from '#core/line.ts';
import type { PlanDocument, PlanMonitor, PlanRead } from '#ports/plan-file.ts';
import type { Command } from '#vocabulary/command.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { DAY_MS, MINUTE_MS } from '#vocabulary/time.ts';
import { createPlant } from './plant.ts';
import { record, type Recording, type Repair } from './recording.fixture.ts';
import { HISTORY_DAYS, NOW_DAY } from './story.ts';

const example = fileURLToPath(new URL('../../../../examples/demo-plant/plan.yaml', import.meta.url));
/** Starts in all seasons, at any hour, on weekdays and at weekends. */
const STARTS = [
  { seed: 1_200, startMs: Date.UTC(2026, 6, 16, 9) },
  { seed: 2, startMs: Date.UTC(2026, 0, 3, 2, 30) },
  { seed: 7, startMs: Date.UTC(2026, 3, 11, 16, 41, 17) },
];
const DAYS = NOW_DAY + 1;

let read: PlanRead;
let plan: PlanDocument;
beforeAll(async () => {
  read = await readPlan(example);
  plan = read.plan as PlanDocument;
});

/** The plan's monitor on its signal; `naive` = the bare limit. */
function judge(recording: Recording, monitor: PlanMonitor, days: number, naive = false): BacktestResult {
  const { condition, staleAfterMs, quietMs, signalId, failureModeId } = monitor.definition;
  const endMs = recording.startMs + days * DAY_MS;
  const events = recording.events.filter(
    (event) => event.failureMode === failureModeId && event.atMs <= endMs,
  );
  const bare = { ...condition, deadband: 0, onDelayMs: 0, offDelayMs: 0 };
  const history = recording.history(signalId, days);
  return naive
    ? backtest(history, { condition: bare, staleAfterMs }, { quietMs: 0, events })
    : backtest(history, { condition, staleAfterMs }, { quietMs, events });
}

const dayOf = (recording: Recording, iso: string): number => (Date.parse(iso) - recording.startMs) / DAY_MS;

describe('the plan of the demo plant', () => {
  it('passes the check without a word', () => {
    expect(checkedPlan(read, example, STARTS[0]?.startMs ?? 0)).toEqual({ ok: true, findings: [] });
  });

  it('has the machines, modes, monitors and objectives it promises', () => {
    expect(plan.assets).toHaveLength(12);
    expect(plan.failureModes).toHaveLength(12);
    expect(plan.objectives.map(({ accountable }) => accountable)).toEqual([
      'silva',
      'brandt',
      'okafor',
      'haddad',
    ]);
    expect(
      plan.monitors
        .map(({ wanted }) => wanted)
        .sort()
        .join(' '),
    ).toBe(['draft', ...Array.from({ length: 8 }, () => 'live'), 'trial'].join(' '));
    const watched = new Set(plan.monitors.map(({ definition }) => definition.failureModeId));
    const unwatched = plan.failureModes.filter(({ failureModeId }) => !watched.has(failureModeId));
    expect(unwatched.map(({ assetId, runToFailure }) => [assetId, runToFailure !== null])).toEqual([
      ['PK-105', false],
      ['L-103', true],
    ]);
    expect(plan.people.every(({ simulated }) => simulated)).toBe(true);
  });

  it('names each signal of the simulation, its topic and its unit, and no other', () => {
    const planned = plan.signals.map(({ signalId, address, sourceUnit }) => {
      const { topic, valuePath, batchPath } = address;
      const payload = batchPath !== null ? 'batch' : valuePath === null ? 'plain' : 'json';
      return `${signalId} ${topic} ${sourceUnit} ${payload} ${payload === 'batch' ? valuePath : ''}`;
    });
    const simulated = createPlant(1, 0).signals.map(
      ({ name, topic, unit, payload, key }) =>
        `${name} ${topic} ${unit} ${payload} ${payload === 'batch' ? key : ''}`,
    );
    expect(planned.sort()).toEqual(simulated.sort());
  });

  it('names failure modes as the simulation does', () => {
    const simulated = createPlant(1, 0);
    for (const { assetId, failureModeId } of plan.failureModes) {
      expect(() => simulated.truth(assetId, failureModeId, 0)).not.toThrow();
    }
  });
});

describe.each(STARTS)('the story that begins with seed $seed', ({ seed, startMs }) => {
  let recording: Recording;
  beforeAll(() => {
    recording = record(seed, startMs, DAYS);
  });

  it('has few detections in ninety days, most of them true, and all breakdowns foreseen', () => {
    const found: string[] = [];
    let trial = 0;
    for (const monitor of plan.monitors) {
      const { failureModeId } = monitor.definition;
      const mode = plan.failureModes.find((one) => one.failureModeId === failureModeId);
      const result = judge(recording, monitor, NOW_DAY);
      expect(result.score?.caught, monitor.monitorId).toBe(result.score?.events);
      const pfH = (mode?.pfMinMs?.value ?? 0) / 3_600_000;
      for (const lead of result.score?.leadHours ?? []) expect(lead, monitor.monitorId).toBeGreaterThan(pfH);
      for (const { openedAt } of result.notifications) {
        if (dayOf(recording, openedAt) < HISTORY_DAYS) continue;
        if (monitor.wanted === 'trial') trial++;
        if (monitor.wanted !== 'live') continue;
        found.push(recording.plant.truth(mode?.assetId ?? '', failureModeId, Date.parse(openedAt)));
      }
    }
    expect(found.length + trial).toBeGreaterThanOrEqual(8);
    expect(found.length + trial).toBeLessThanOrEqual(14);
    const count = (answer: string): number => found.filter((one) => one === answer).length;
    expect(count('as stated') / found.length).toBeGreaterThan(0.6);
    expect([count('nothing found'), count('process'), count('sensor')]).toEqual([1, 1, 1]);
  });

  it('fools a bare limit again and again', () => {
    for (const monitor of plan.monitors.filter(({ wanted }) => wanted !== 'draft')) {
      const bare = judge(recording, monitor, NOW_DAY, true).notifications.length;
      expect(bare, monitor.monitorId).toBeGreaterThan(60);
      expect(judge(recording, monitor, NOW_DAY).notifications.length * 15).toBeLessThan(bare);
    }
  });

  it('fools it by cleaning alone, while nothing is worn', () => {
    const seal = plan.monitors.find(({ monitorId }) => monitorId === 'M-10') as PlanMonitor;
    const bare = judge(recording, seal, 12, true).notifications.length;
    expect(bare).toBeGreaterThanOrEqual(12);
    expect(judge(recording, seal, 12).notifications).toEqual([]);
  });

  it('raises the bearing of P-201 within an hour after the present, and no other', () => {
    const raised = plan.monitors.flatMap((monitor) =>
      judge(recording, monitor, DAYS).notifications.map(({ openedAt }) => ({
        monitor: monitor.monitorId,
        afterMin: (Date.parse(openedAt) - startMs - NOW_DAY * DAY_MS) / MINUTE_MS,
      })),
    );
    const soon = raised.filter(({ afterMin }) => afterMin >= -60 && afterMin <= 90);
    expect(soon.map(({ monitor }) => monitor)).toEqual(['M-01']);
    expect(soon[0]?.afterMin).toBeGreaterThan(20);
    expect(soon[0]?.afterMin).toBeLessThanOrEqual(60);
  });

  it('is without a valid signal at the boiler when the present begins', () => {
    const boiler = plan.monitors.find(({ monitorId }) => monitorId === 'M-09') as PlanMonitor;
    const [blind, ...more] = judge(recording, boiler, DAYS).blind;
    expect(more).toEqual([]);
    expect(dayOf(recording, blind?.from ?? '')).toBeLessThan(NOW_DAY);
  });

  it('spares each breakdown that is repaired four days after its detection, and needs no second repair', () => {
    const live = plan.monitors.filter(({ wanted }) => wanted === 'live');
    const repairs = live.flatMap((monitor) => repairsAfter(recording, monitor));
    const mended = record(seed, startMs, NOW_DAY, repairs);
    for (const monitor of live) {
      const { failureModeId } = monitor.definition;
      const own = repairs.filter((one) => one.failureMode === failureModeId);
      const { notifications } = judge(mended, monitor, NOW_DAY);
      for (const { atMs, asset } of own) {
        expect(mended.plant.truth(asset, failureModeId, atMs + DAY_MS), failureModeId).toBe('already known');
        const open = notifications.filter(
          ({ openedAt }) => Math.abs(Date.parse(openedAt) - atMs) < 20 * DAY_MS,
        );
        const before = open.filter(({ openedAt }) => Date.parse(openedAt) < atMs).at(-1);
        expect(Date.parse(before?.closedAt ?? ''), failureModeId).toBeLessThan(atMs + DAY_MS);
      }
      const was = judge(recording, monitor, NOW_DAY).notifications.length;
      expect(notifications.length, failureModeId).toBe(was);
    }
  });

  it('brings eight monitors through the whole gate on thirty days of history', () => {
    const line = createLine(plan.site);
    const nowMs = startMs + HISTORY_DAYS * DAY_MS;
    for (const command of planCommands(plan, plan.site)) run(line, command, nowMs);
    for (const monitor of plan.monitors) {
      if (monitor.wanted === 'live')
        run(line, recordBacktest(monitor, judge(recording, monitor, HISTORY_DAYS)), nowMs);
    }
    for (const { command } of goLiveSteps(plan, plan.site)) run(line, command, nowMs);
    const states = [...line.state.monitor.monitors.values()].map(({ lifecycle }) => lifecycle);
    expect(states.sort()).toEqual(['draft', ...Array.from({ length: 8 }, () => 'live'), 'trial']);
  });
});

/** What a crew would mend, four days after each true detection of the ninety days, as far as the present allows. */
function repairsAfter(recording: Recording, monitor: PlanMonitor): Repair[] {
  const { failureModeId } = monitor.definition;
  const asset = plan.failureModes.find((one) => one.failureModeId === failureModeId)?.assetId ?? '';
  return judge(recording, monitor, NOW_DAY)
    .notifications.map(({ openedAt }) => Date.parse(openedAt))
    .filter((atMs) => atMs > recording.startMs + HISTORY_DAYS * DAY_MS)
    .filter((atMs) => recording.plant.truth(asset, failureModeId, atMs) === 'as stated')
    .map((atMs) => ({ atMs: atMs + 4 * DAY_MS, asset, failureMode: failureModeId }))
    .filter(({ atMs }) => atMs < recording.startMs + (NOW_DAY - 1) * DAY_MS);
}

let seq = 0;
function run(line: Line, command: Command, nowMs: number): void {
  const { answer } = feed(line, { kind: 'command', seq: ++seq, receivedMs: nowMs, command });
  if (answer === null || isRefusal(answer)) throw new Error(`${command.type}: ${JSON.stringify(answer)}`);
}

function recordBacktest({ monitorId }: PlanMonitor, result: BacktestResult): Command {
  const about = {
    monitorId: `${plan.site}.${monitorId}`,
    version: 1,
    inHindsight: false,
    dataHash: 'simulated',
  };
  const data = backtestRecord(result, about);
  return { id: `backtest ${monitorId}`, type: 'monitor.record-backtest', actor: 'system:setup', data };
}
