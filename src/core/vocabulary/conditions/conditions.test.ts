import { describe, expect, it } from 'vitest';
import {
  changeMonitors,
  createSense,
  loadSense,
  saveSense,
  type Sense,
  type SenseMonitor,
  senseBatch,
} from '#core/sense.ts';
import type { StateChange } from '#detect/state-change.ts';
import { GOOD } from '../quality.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import { CONDITIONS, type ConditionSpec, otherSignals, withSignals } from './all.ts';
import { conditionProblems } from './check.ts';
import { conditionText } from './say.ts';

const WHILE_RUNNING = { signalId: 'state', atLeast: 1, atMost: null, state: 'running', holdsMs: null };

function watching(condition: ConditionSpec, others: number[] = []): Sense {
  const monitor: SenseMonitor = { monitorId: 'm', version: 1, signal: 0, staleAfterMs: HOUR_MS, condition };
  return createSense(1 + others.length, [others.length > 0 ? { ...monitor, others } : monitor]);
}

function tell(sense: Sense, timeMs: number, value: number, signal = 0): string[] {
  const batch = {
    signal: Uint32Array.of(signal),
    timeMs: Float64Array.of(timeMs),
    value: Float64Array.of(value),
    quality: Uint8Array.of(GOOD),
    length: 1,
  };
  return senseBatch(sense, batch, timeMs, new Uint8Array(1)).map(said);
}

function said({ kind, atMs }: StateChange): string {
  return `${kind} ${atMs / MINUTE_MS}`;
}

/** One reading a minute. */
function tellAll(sense: Sense, values: readonly number[], fromMinute = 0): string[] {
  return values.flatMap((value, i) => tell(sense, (fromMinute + i) * MINUTE_MS, value));
}

describe('n of m', () => {
  const threeOfFive: ConditionSpec = {
    ...{ kind: 'limit', direction: 'high', limit: 4, deadband: 0.8, onDelayMs: 0, offDelayMs: 0 },
    nOfM: { n: 3, m: 5 },
  };

  it('waits for the third of five readings, wherever they fall', () => {
    expect(tellAll(watching(threeOfFive), [3, 5, 3, 5, 3, 5, 5, 5])).toEqual(['raised 5']);
  });

  it('lets two of five pass', () => {
    expect(tellAll(watching(threeOfFive), [5, 5, 3, 3, 3, 5, 5, 3])).toEqual([]);
  });

  it('forgets what it counted once the signal was silent for too long', () => {
    const sense = watching(threeOfFive);
    tellAll(sense, [5, 5]);
    expect(tellAll(sense, [5], 120)).toEqual(['signal-lost 61', 'signal-back 120']);
    expect(tellAll(sense, [5, 5], 121)).toEqual(['raised 122']);
  });

  it('clears when fewer than three are left', () => {
    expect(tellAll(watching(threeOfFive), [5, 5, 5, 3, 3, 3])).toEqual(['raised 2', 'cleared 5']);
  });
});

describe('only while', () => {
  const running: ConditionSpec = {
    ...{ kind: 'limit', direction: 'high', limit: 80, deadband: 2, onDelayMs: 3 * MINUTE_MS, offDelayMs: 0 },
    onlyWhile: WHILE_RUNNING,
  };

  it('passes over readings outside the operating state', () => {
    const sense = watching(running, [1]);
    tell(sense, 0, 0, 1);
    expect(tellAll(sense, [90, 90, 90, 90, 90, 90])).toEqual([]);
    tell(sense, 6 * MINUTE_MS, 1, 1);
    expect(tellAll(sense, [90, 90, 90, 90], 7)).toEqual(['raised 10']);
  });

  it('voids a running delay when the machine stops, and holds an alert', () => {
    const sense = watching(running, [1]);
    tell(sense, 0, 1, 1);
    tellAll(sense, [90, 90], 1);
    tell(sense, 3 * MINUTE_MS, 0, 1);
    tellAll(sense, [90], 3);
    tell(sense, 4 * MINUTE_MS, 1, 1);
    expect(tellAll(sense, [90, 90, 90, 90], 5)).toEqual(['raised 8']);
    tell(sense, 9 * MINUTE_MS, 0, 1);
    expect(tellAll(sense, [20, 20, 20], 10)).toEqual([]);
    tell(sense, 13 * MINUTE_MS, 1, 1);
    expect(tellAll(sense, [20], 14)).toEqual(['cleared 14']);
  });

  it('does not judge while the state is unknown', () => {
    expect(tellAll(watching(running, [1]), [90, 90, 90, 90, 90])).toEqual([]);
  });
});

describe('rate of change', () => {
  const rising: ConditionSpec = {
    ...{ kind: 'rate', direction: 'high', limit: 60, deadband: 6, overMs: 10 * MINUTE_MS },
    offDelayMs: 0,
  };

  it('holds while the value rises by a unit a minute', () => {
    const values = [...Array.from({ length: 20 }, () => 10), ...Array.from({ length: 20 }, (_, i) => 10 + i)];
    const told = tellAll(watching(rising), [...values, ...Array.from({ length: 20 }, () => 29)]);
    expect(told[0]).toMatch(/^raised (2[6-9]|30)$/);
    expect(told[1]).toMatch(/^cleared/);
  });

  it('says nothing of a slow rise', () => {
    expect(
      tellAll(
        watching(rising),
        Array.from({ length: 60 }, (_, i) => i * 0.8),
      ),
    ).toEqual([]);
  });
});

describe('deviation from its own baseline', () => {
  const away: ConditionSpec = {
    ...{ kind: 'deviation', direction: 'high', by: 5, per: 'unit', deadband: 1, learn: 20 },
    onDelayMs: 0,
  };
  const usual = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 49 : 51));

  it('learns where the machine usually stands, then judges', () => {
    expect(tellAll(watching(away), [...usual, 54, 55, 54.1, 53.9])).toEqual(['raised 21', 'cleared 23']);
  });

  it('counts in standard deviations of the baseline', () => {
    const sigma: ConditionSpec = { ...away, per: 'sigma', by: 3, deadband: 0 };
    expect(tellAll(watching(sigma), [...usual, 53, 53.2])).toEqual(['raised 21']);
  });

  it('takes a baseline that is known', () => {
    expect(tellAll(watching({ ...away, mean: 10 }), [14, 15])).toEqual(['raised 1']);
  });

  it('keeps what it learned across a saved state', () => {
    const sense = watching(away);
    tellAll(sense, usual);
    const back = loadSense(saveSense(sense), 1, sense.watches.monitors);
    expect(back && tellAll(back, [56], 20)).toEqual(['raised 20']);
  });

  it('keeps what it learned when another monitor joins', () => {
    const sense = watching(away);
    tellAll(sense, usual);
    const [one] = sense.watches.monitors;
    const more = changeMonitors(sense, 1, [
      one as SenseMonitor,
      { ...(one as SenseMonitor), monitorId: 'n' },
    ]);
    expect(tellAll(more, [56], 20)).toEqual(['raised 20']);
  });
});

describe('time to limit', () => {
  const heading: ConditionSpec = {
    ...{ kind: 'time to limit', direction: 'high', limit: 100, withinMs: 4 * HOUR_MS, windowMs: 8 * HOUR_MS },
    onDelayMs: 0,
  };
  const rise = (perHour: number) =>
    Array.from({ length: 600 }, (_, i) => 40 + (perHour * i) / 60 + (i % 3) * 0.1);

  it('says a steady rise before the limit is reached', () => {
    const told = tellAll(watching(heading), rise(8));
    expect(told).toHaveLength(1);
    const minute = Number((told[0] as string).split(' ')[1]);
    const crossesAt = (60 / 8) * 60;
    // A trend is drawn no further ahead than it was seen, so it is told half-way and not a whole four hours before.
    expect(crossesAt - minute).toBeGreaterThan(3.2 * 60);
    expect(crossesAt - minute).toBeLessThanOrEqual(4 * 60);
  });

  it('gives no date for a value that only trembles', () => {
    expect(
      tellAll(
        watching(heading),
        Array.from({ length: 600 }, (_, i) => 95 + (i % 7)).map((v) => Math.min(v, 99)),
      ),
    ).toEqual([]);
  });
});

describe('flat line', () => {
  const flat: ConditionSpec = { kind: 'flat line', band: 0.05, forMs: 30 * MINUTE_MS };

  it('says a sensor that stopped moving, and hears it move again', () => {
    const values = [...Array.from({ length: 40 }, () => 7), 8];
    expect(tellAll(watching(flat), [1, 2, 3, ...values])).toEqual(['raised 33', 'cleared 43']);
  });
});

describe('usage', () => {
  it('counts run hours and rings at each full span', () => {
    const hours: ConditionSpec = { kind: 'usage', counts: 'run hours', every: 1, runningAt: 10 };
    const told = tellAll(
      watching(hours),
      Array.from({ length: 125 }, () => 20),
    );
    expect(told).toEqual(['raised 60', 'cleared 61', 'raised 120', 'cleared 121']);
  });

  it('counts starts', () => {
    const starts: ConditionSpec = { kind: 'usage', counts: 'starts', every: 3, runningAt: 10 };
    expect(tellAll(watching(starts), [20, 0, 20, 0, 20, 20, 0, 20])).toEqual(['raised 7']);
  });
});

describe('a rule over several signals', () => {
  const fouling: ConditionSpec = {
    ...{ kind: 'expression', rule: 'value - inlet > 6 && flow >= 10', inputs: { inlet: 'a', flow: 'b' } },
    onDelayMs: 0,
  };

  it('joins the last values in the order of their names', () => {
    expect(otherSignals(fouling)).toEqual(['b', 'a']);
    const sense = watching(fouling, [1, 2]);
    tell(sense, 0, 12, 1);
    tell(sense, 0, 50, 2);
    expect(tellAll(sense, [55, 57, 55], 1)).toEqual(['raised 2', 'cleared 3']);
  });

  it('is not judged while one of them has no valid reading', () => {
    const sense = watching(fouling, [1, 2]);
    tell(sense, 0, 12, 1);
    expect(tellAll(sense, [90, 90], 1)).toEqual([]);
  });

  it('is read before it is saved', () => {
    expect(conditionProblems({ ...fouling, rule: 'value - inlet' } as never)[0]).toMatch(/not true or false/);
    expect(conditionProblems({ ...fouling, rule: 'value > pressure && inlet > flow' } as never)[0]).toMatch(
      /pressure/,
    );
    expect(conditionProblems({ ...fouling, rule: 'value > inlet' } as never)[0]).toMatch(
      /does not use "flow"/,
    );
  });

  it('is carried to other ids', () => {
    expect(otherSignals(withSignals(fouling, (id) => `p.${id}`))).toEqual(['p.b', 'p.a']);
  });
});

describe('every kind', () => {
  it('says what is wrong with an empty specification', () => {
    for (const { kind, fields } of CONDITIONS) {
      const asked = fields.filter((field) => !('optional' in field)).length;
      expect(conditionProblems({ kind }).length, kind).toBeGreaterThanOrEqual(Math.min(asked, 1));
    }
  });

  it('names the nearest kind', () => {
    expect(conditionProblems({ kind: 'limits' })[0]).toMatch(/did you mean "limit"/);
  });

  it('reads as a sentence', () => {
    const spec: ConditionSpec = {
      ...{ kind: 'limit', direction: 'high', limit: 78, deadband: 2, onDelayMs: 600_000, offDelayMs: 0 },
      onlyWhile: WHILE_RUNNING,
    };
    expect(conditionText(spec, '°C')).toBe('is above 78 °C for 10 min while running');
  });
});
