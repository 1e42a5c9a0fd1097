import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BacktestMonitor,
  type BacktestResult,
  backtest,
  type History,
  usualIntervalMs,
} from './backtest.ts';

const S = 1_000;

function history(rows: [second: number, value: number][], bad: number[] = []): History {
  return {
    timeMs: Float64Array.from(rows, ([s]) => s * S),
    value: Float64Array.from(rows, ([, x]) => x),
    quality: Uint8Array.from(rows, (_, i) => (bad.includes(i) ? 2 : 0)),
  };
}

const MONITOR: BacktestMonitor = {
  staleAfterMs: 30 * S,
  condition: {
    kind: 'limit',
    direction: 'high',
    limit: 10,
    deadband: 2,
    onDelayMs: 10 * S,
    offDelayMs: 5 * S,
  },
};

const second = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso) / S);
const alerts = (result: BacktestResult) =>
  result.alerts.map((a) => [second(a.raisedAt), second(a.clearedAt), a.extreme]);

describe('backtest', () => {
  it('tells alerts, counts and blind stretches', () => {
    const rows: [number, number][] = [
      [0, 11],
      [12, 13],
      [12, 9],
      [5, 99],
      [20, 5],
      [26, 5],
      [80, 5],
      [90, Number.NaN],
    ];
    const result = backtest(history(rows, [7]), MONITOR, { quietMs: 0 });
    expect(alerts(result)).toEqual([[10, 25, 13]]);
    expect(result).toMatchObject({
      samples: 8,
      used: 5,
      bad: 1,
      late: 1,
      duplicates: 1,
      future: 0,
      gaps: 1,
      score: null,
    });
    expect(result.blind.map((b) => [second(b.from), second(b.to)])).toEqual([[56, 80]]);
    expect([second(result.from), second(result.to)]).toEqual([0, 80]);
  });

  it('gives the worst value of an alert that is still active', () => {
    expect(
      alerts(
        backtest(
          history([
            [0, 11],
            [12, 14],
            [20, 12],
          ]),
          MONITOR,
          { quietMs: 0 },
        ),
      ),
    ).toEqual([[10, null, 14]]);
  });

  it('lets a delay end while the last value still holds, and says nothing later', () => {
    expect(
      alerts(
        backtest(
          history([
            [0, 11],
            [25, 5],
          ]),
          MONITOR,
          { quietMs: 0 },
        ),
      ),
    ).toEqual([[10, 30, 11]]);
    const short = { ...MONITOR, staleAfterMs: 4 * S };
    const result = backtest(
      history([
        [0, 11],
        [4, 11],
        [8, 11],
        [12, 5],
      ]),
      short,
      { quietMs: 0 },
    );
    expect(alerts(result)).toEqual([[10, null, 11]]);
    expect(result.blind).toEqual([]);
  });

  it('counts a lone stamp ahead as future and goes on', () => {
    const result = backtest(
      history([
        [0, 5],
        [3_600, 99],
        [20, 5],
        [30, 5],
        [40, 5],
      ]),
      MONITOR,
      { quietMs: 0 },
    );
    expect(result).toMatchObject({ used: 4, future: 1, late: 0, gaps: 0, alerts: [] });
  });

  it('uses receive times where they were recorded', () => {
    const rows = history([
      [0, 5],
      [10, 5],
    ]);
    expect(backtest(rows, MONITOR, { quietMs: 0 }).blind).toEqual([]);
    const held = backtest({ ...rows, receivedMs: Float64Array.of(0, 45 * S) }, MONITOR, { quietMs: 0 });
    expect(held.blind).toHaveLength(1);
    expect(held.gaps).toBe(0);
  });

  it('joins alerts within quiet time and scores notifications against events', () => {
    const burst = (at: number): [number, number][] => [
      [at, 11],
      [at + 15, 11],
      [at + 20, 0],
      [at + 30, 0],
    ];
    const rows = history([...burst(0), ...burst(40), ...burst(100), ...burst(200)]);
    const monitor = { ...MONITOR, staleAfterMs: 1_000 * S };
    const events = [
      { fromMs: 0, toMs: 20 * S, atMs: 3_620 * S },
      { fromMs: 500 * S, toMs: 600 * S, atMs: 550 * S },
    ];
    const result = backtest(rows, monitor, { quietMs: 25 * S, events });
    expect(result.notifications.map((n) => [second(n.openedAt), second(n.closedAt), n.alerts])).toEqual([
      [10, 65, 2],
      [110, 125, 1],
      [210, 225, 1],
    ]);
    expect(result.score).toEqual({
      events: 2,
      caught: 1,
      precision: 1 / 3,
      leadHours: [3_610 / 3_600, null],
    });
    expect(result.notificationsPerWeek).toBeCloseTo(3 / (230 / 604_800));
  });

  it('says nothing false about no samples at all', () => {
    expect(backtest(history([]), MONITOR, { quietMs: 0, events: [] })).toMatchObject({
      samples: 0,
      from: null,
      alertsPerWeek: null,
      score: { events: 0, caught: 0, precision: null, leadHours: [] },
    });
  });

  it('counts every row exactly once', () => {
    const row = fc.tuple(fc.nat(10_000), fc.nat(20));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 80 }), (rows) => {
        const r = backtest(history(rows), MONITOR, { quietMs: 0 });
        expect(r.used + r.bad + r.late + r.duplicates + r.future).toBe(r.samples);
      }),
    );
  });
});

it('takes the median step as the usual interval', () => {
  expect(usualIntervalMs(Float64Array.of(0, 10, 20, 5, 15, 500))).toBe(10);
  expect(usualIntervalMs(Float64Array.of(7))).toBeNull();
});

describe('a monitor that looks at other signals', () => {
  const running: BacktestMonitor = {
    staleAfterMs: 3_600_000,
    condition: {
      ...{ kind: 'limit', direction: 'high', limit: 10, deadband: 0, onDelayMs: 0, offDelayMs: 0 },
      onlyWhile: { signalId: 'state', atLeast: 1, atMost: null, state: 'running', holdsMs: null },
    },
  };
  const own: History = {
    timeMs: Float64Array.of(1_000, 2_000, 3_000, 4_000, 5_000),
    value: Float64Array.of(11, 11, 5, 11, 11),
    quality: new Uint8Array(5),
  };

  it('judges each reading with what the others said last', () => {
    const state: History = {
      timeMs: Float64Array.of(500, 2_500, 4_500),
      value: Float64Array.of(0, 1, 0),
      quality: new Uint8Array(3),
    };
    const result = backtest(own, running, { quietMs: 0, others: [state] });
    expect(result.alerts.map(({ raisedAt }) => Date.parse(raisedAt))).toEqual([4_000]);
    expect(result).toMatchObject({ samples: 5, used: 5, gaps: 0 });
  });

  it('judges nothing while the others are silent', () => {
    const none: History = {
      timeMs: new Float64Array(),
      value: new Float64Array(),
      quality: new Uint8Array(),
    };
    expect(backtest(own, running, { quietMs: 0, others: [none] }).alerts).toEqual([]);
  });
});
