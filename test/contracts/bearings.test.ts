// Three bearing tests that ended in failure: each failed bearing is said, and a shaken neighbour gets no order.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backtest, type History } from '#core/backtest.ts';
import { createLine, feed, type Line, lineDueMs } from '#core/line.ts';
import type { PlanDocument } from '#ports/plan-file.ts';
import type { ConditionSpec } from '#vocabulary/conditions/all.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { emptyBatch } from '#vocabulary/sample.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import { describingCommands, planFrom } from '../simulation/described.ts';
import { DATA_ABSENT, recordedData } from './data.ts';

const data = recordedData();
if (!data) process.stderr.write(`${DATA_ABSENT}\n`);

/** The bearing's own baseline, learned after running in; a day of drift is not yet a fault. */
const AWAY: ConditionSpec = {
  ...{ kind: 'deviation', direction: 'high', by: 20, per: 'percent', deadband: 5, learn: 500 },
  onDelayMs: 6 * HOUR_MS,
  offDelayMs: 2 * HOUR_MS,
};
/** Less sure of itself where the readings are noisier. */
const AWAY_LONGER: ConditionSpec = { ...AWAY, by: 15, onDelayMs: 12 * HOUR_MS };
const WITHIN_MS = 60 * HOUR_MS;
/** Readings while the rig runs in. */
const RUN_IN = 50;
const STALE_MS = 150 * HOUR_MS;

/** `shaken`: healthy neighbours that are said as well before the end. */
const TESTS = [
  {
    file: '1st',
    shaken: 0,
    condition: AWAY_LONGER,
    bearings: ['1-A', '2-A', '3-A', '4-A'],
    failed: ['3-A', '4-A'],
    first: '4-A',
  },
  { file: '2nd', shaken: 3, condition: AWAY, bearings: ['1', '2', '3', '4'], failed: ['1'], first: '1' },
  { file: '3rd', shaken: 3, condition: AWAY, bearings: ['1', '2', '3', '4'], failed: ['3'], first: '3' },
];

function recorded(file: string): { timeMs: number[]; column: (name: string) => number[] } {
  const path = join(data as string, 'ims', `${file}_test_resmaple_10minutes.csv`);
  const [head, ...lines] = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','));
  const rows = lines.slice(RUN_IN);
  const timeMs = rows.map((row) => {
    const [y, mo, d, h, mi, s] = (row[1] as string).split('.').map(Number);
    return Date.UTC(y as number, (mo as number) - 1, d, h, mi, s);
  });
  return {
    timeMs,
    column: (name) => rows.map((row) => Number(row[(head as string[]).indexOf(`Bearing ${name}`)])),
  };
}

function historyOf(timeMs: number[], value: number[]): History {
  return {
    timeMs: Float64Array.from(timeMs),
    value: Float64Array.from(value),
    quality: new Uint8Array(timeMs.length),
  };
}

async function rigPlan(bearings: string[], condition: ConditionSpec): Promise<PlanDocument> {
  const plan = await planFrom(join(import.meta.dirname, '..', 'simulation', 'plan.yaml'));
  const [, mode] = plan.failureModes;
  const [signal] = plan.signals;
  const monitor = plan.monitors.find((one) => one.monitorId === 'vib-bearing');
  if (!mode || !signal || !monitor) throw new Error('the plan of the simulated machine has changed');
  const named = (name: string) => `bearing-${name}`;
  const firstOut = { group: 'shaft', withinMs: WITHIN_MS };
  return {
    ...plan,
    failureModes: bearings.map((name) => ({
      ...mode,
      failureModeId: named(name),
      position: `bearing ${name}`,
    })),
    signals: bearings.map((name) => ({
      ...signal,
      signalId: named(name),
      name: `Acceleration ${name}`,
      address: { ...signal.address, topic: `rig/${name}` },
    })),
    monitors: bearings.map((name) => ({
      ...monitor,
      monitorId: named(name),
      definition: {
        ...monitor.definition,
        name: `Bearing ${name}`,
        failureModeId: named(name),
        signalId: named(name),
        condition,
        staleAfterMs: STALE_MS,
        quietMs: 7 * DAY_MS,
        firstOut,
      },
    })),
  };
}

class Rig {
  readonly facts: Recorded[] = [];
  readonly #line: Line;
  #seq = 0;

  constructor(site: string) {
    this.#line = createLine(site);
  }

  async describe(plan: PlanDocument, atMs: number): Promise<void> {
    for (const command of await describingCommands(plan, atMs)) {
      const { answer } = feed(this.#line, { kind: 'command', command, seq: ++this.#seq, receivedMs: atMs });
      if (answer && isRefusal(answer)) throw new Error(`${command.type}: ${answer.code} ${answer.message}`);
    }
  }

  run(timeMs: number[], columns: { signalId: string; values: number[] }[]): void {
    const { index } = this.#line.state.acquire;
    timeMs.forEach((atMs, row) => {
      for (let dueMs = lineDueMs(this.#line); dueMs < atMs; dueMs = lineDueMs(this.#line)) {
        const receivedMs = Math.max(dueMs, this.#line.state.nowMs);
        this.facts.push(...feed(this.#line, { kind: 'tick', seq: ++this.#seq, receivedMs }).facts);
      }
      const batch = emptyBatch(columns.length);
      columns.forEach(({ signalId, values }, i) => {
        batch.signal[i] = index.get(signalId) as number;
        batch.timeMs[i] = atMs;
        batch.value[i] = values[row] as number;
        batch.quality[i] = 0;
      });
      batch.length = columns.length;
      const marks = new Uint8Array(columns.length);
      this.facts.push(
        ...feed(this.#line, { kind: 'batch', seq: ++this.#seq, receivedMs: atMs, batch, marks }).facts,
      );
    });
  }

  of(type: string): Record<string, unknown>[] {
    return this.facts
      .filter((fact) => fact.type === type)
      .map(({ data: said }) => said as Record<string, unknown>);
  }
}

describe.skipIf(!data)('bearings that ran to failure', () => {
  it.each(TESTS)(
    'test $file: a backtest catches each failed bearing and says nothing false of it',
    (test) => {
      const { timeMs, column } = recorded(test.file);
      const endMs = timeMs.at(-1) as number;
      for (const name of test.failed) {
        const result = backtest(
          historyOf(timeMs, column(name)),
          { condition: test.condition, staleAfterMs: STALE_MS },
          { quietMs: 7 * DAY_MS, events: [{ fromMs: endMs - 5 * DAY_MS, toMs: endMs, atMs: endMs }] },
        );
        expect(result.score, name).toMatchObject({ events: 1, caught: 1, precision: 1 });
        expect(result.score?.leadHours[0], name).toBeGreaterThan(12);
      }
    },
  );

  it.each(TESTS)(
    'test $file: the first bearing gets the order, its healthy neighbours none',
    async (test) => {
      const { timeMs, column } = recorded(test.file);
      const plan = await rigPlan(test.bearings, test.condition);
      const rig = new Rig(plan.site);
      await rig.describe(plan, (timeMs[0] as number) - 1);
      rig.run(
        timeMs,
        test.bearings.map((name) => ({ signalId: `${plan.site}.bearing-${name}`, values: column(name) })),
      );
      const alerts = rig.of('alert.raised');
      expect(alerts[0]).toMatchObject({
        monitorId: `${plan.site}.bearing-${test.first}`,
        firstOut: { follows: null },
      });
      const cases = new Set(rig.of('work.case-opened').map(({ monitorId }) => monitorId));
      expect(cases).toEqual(new Set(test.failed.map((name) => `${plan.site}.bearing-${name}`)));
      expect(rig.of('work.notification-created')).toHaveLength(test.failed.length);
      const followed = alerts.filter(
        ({ firstOut }) => (firstOut as { follows: string | null }).follows !== null,
      );
      expect(rig.of('work.alert-appended').length).toBeGreaterThanOrEqual(followed.length);
      expect(new Set(followed.map(({ monitorId }) => monitorId)).size).toBe(test.shaken);
    },
  );
});
