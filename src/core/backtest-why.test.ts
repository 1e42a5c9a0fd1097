import { describe, expect, it } from 'vitest';
import type { ConditionSpec } from '#vocabulary/conditions/all.ts';
import type { History } from './backtest-history.ts';
import { whyAt } from './backtest-why.ts';

const HIGH: ConditionSpec = {
  ...{ kind: 'limit', direction: 'high', limit: 10, deadband: 2, onDelayMs: 10_000, offDelayMs: 5_000 },
};

function history(rows: [second: number, value: number][], bad: number[] = []): History {
  return {
    timeMs: Float64Array.from(rows, ([s]) => s * 1_000),
    value: Float64Array.from(rows, ([, x]) => x),
    quality: Uint8Array.from(rows, (_, i) => (bad.includes(i) ? 2 : 0)),
  };
}

function why(
  rows: [number, number][],
  second: number,
  condition = HIGH,
  others: History[] = [],
  bad: number[] = [],
) {
  const monitor = { condition, staleAfterMs: 30_000 };
  return whyAt({ monitor, history: history(rows, bad), others, atMs: second * 1_000, unit: '°C' });
}

describe('why did this not fire', () => {
  it('names a reading that never came, or was not accepted', () => {
    expect(why([[5, 11]], 4).stopsAt).toBe('reading');
    expect(why([[5, 11]], 6, HIGH, [], [0])).toMatchObject({ stopsAt: 'reading', active: false });
  });

  it('names a newest reading that does not count', () => {
    const { steps } = why(
      [
        [5, 5],
        [6, 99],
      ],
      6,
      HIGH,
      [],
      [1],
    );
    expect(steps[0]?.words).toMatch(/was bad and does not count/);
  });

  it('names the condition and the delay', () => {
    expect(why([[5, 9.9]], 6)).toMatchObject({ stopsAt: 'condition' });
    const waiting = why(
      [
        [5, 11],
        [6, 12],
      ],
      8,
    );
    expect(waiting.stopsAt).toBe('delay');
    expect(waiting.steps.at(-1)?.words).toMatch(/ends 1970-01-01T00:00:15/);
  });

  it('names silence', () => {
    expect(why([[5, 11]], 40)).toMatchObject({ active: true });
    expect(why([[5, 5]], 40)).toMatchObject({ stopsAt: 'valid signal', active: false });
  });

  it('says that an alert is active, and when its condition ended', () => {
    expect(
      why(
        [
          [0, 11],
          [11, 12],
        ],
        12,
      ),
    ).toMatchObject({ active: true, stopsAt: null });
    expect(
      why(
        [
          [0, 11],
          [11, 12],
          [13, 5],
        ],
        14,
      ).steps.at(-1)?.words,
    ).toMatch(/off-delay runs/);
  });

  it('names the operating state', () => {
    const onlyWhile = { signalId: 's', atLeast: 1, atMost: null, state: 'running', holdsMs: null };
    const spec: ConditionSpec = { ...HIGH, onlyWhile };
    expect(
      why(
        [
          [0, 11],
          [11, 12],
        ],
        12,
        spec,
        [history([[0, 0]])],
      ),
    ).toMatchObject({ stopsAt: 'operating state' });
  });

  it('counts readings', () => {
    const spec: ConditionSpec = { ...HIGH, nOfM: { n: 3, m: 5 } };
    const { stopsAt, steps } = why(
      [
        [0, 11],
        [1, 5],
        [2, 11],
      ],
      3,
      spec,
    );
    expect(stopsAt).toBe('count');
    expect(steps.at(-1)?.words).toMatch(/^2 of the last 5/);
  });
});
