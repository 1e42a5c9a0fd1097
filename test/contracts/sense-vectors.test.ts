import { describe, expect, it } from 'vitest';
import { createSense, type SenseMonitor, senseAdvance, senseBatch, type StateChange } from '#core/sense.ts';
import { signalReadings } from '#core/sense-readings.ts';
import { BAD, GOOD } from '#vocabulary/quality.ts';
import type { Batch } from '#vocabulary/sample.ts';

const S = 1_000;

function high(onDelayS = 10): SenseMonitor {
  return {
    monitorId: 'm',
    version: 1,
    signal: 0,
    staleAfterMs: 30 * S,
    condition: {
      kind: 'limit',
      direction: 'high',
      limit: 10,
      deadband: 2,
      onDelayMs: onDelayS * S,
      offDelayMs: 5 * S,
    },
  };
}

interface Run {
  /** `raised 10`, seconds on the source axis */
  said: string[];
  changes: StateChange[];
  counts: ReturnType<typeof signalReadings>;
}

/** `second:value` or `second:value(bad)`, each received at its second, or at `@second`; each its own batch. */
function run(monitor: SenseMonitor, text: string, untilS: number): Run {
  const sense = createSense(1, [monitor]);
  const marks = new Uint8Array(1);
  const changes: StateChange[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const [, at, value, bad, received] = /^(-?\d+):([-.\d]+)(\(bad\))?(?:@(\d+))?$/.exec(
      word,
    ) as unknown as string[];
    const batch: Batch = {
      signal: Uint32Array.of(0),
      timeMs: Float64Array.of(Number(at) * S),
      value: Float64Array.of(Number(value)),
      quality: Uint8Array.of(bad ? BAD : GOOD),
      length: 1,
    };
    const receivedMs = Number(received ?? at) * S;
    changes.push(...senseBatch(sense, batch, receivedMs, marks), ...senseAdvance(sense, receivedMs));
  }
  changes.push(...senseAdvance(sense, untilS * S));
  return { said: changes.map((c) => `${c.kind} ${c.atMs / S}`), changes, counts: signalReadings(sense) };
}

describe('the binding vectors: high 10, deadband 2, on 10 s, off 5 s, stale 30 s', () => {
  it('0:11 25:5 is raised at 10 and cleared at 30', () => {
    const { said, changes } = run(high(), '0:11 25:5', 40);
    expect(said).toEqual(['raised 10', 'cleared 30']);
    expect(changes[1]).toMatchObject({ extreme: 11, conditionSinceMs: 25 * S, value: 5 });
  });

  it('a bad sample has not come: 0:11 5:11(bad) 12:11 is raised at 10', () => {
    const { said, counts } = run(high(), '0:11 5:11(bad) 12:11', 13);
    expect(said).toEqual(['raised 10']);
    expect([counts.bad[0], counts.accepted[0]]).toEqual([1, 2]);
  });

  it('on 40 s, 0:11 35:11 50:11 76:11 has no valid signal from 30 to 35 and is raised at 75', () => {
    expect(run(high(40), '0:11 35:11 50:11 76:11', 76).said).toEqual([
      'signal-lost 30',
      'signal-back 35',
      'raised 75',
    ]);
  });

  it('0:10 4:8 5:7.9 keeps the condition through 4 and raises nothing', () => {
    expect(run(high(), '0:10 4:8 5:7.9', 30).said).toEqual([]);
    expect(run(high(5), '0:10 4:8 5:7.9', 30).said).toEqual(['raised 5', 'cleared 10']);
  });

  it('0:11 20:11 5:0 21:11 counts one late sample, is raised at 10 and not cleared', () => {
    const { said, counts } = run(high(), '0:11 20:11 5:0@20 21:11', 50);
    expect(said).toEqual(['raised 10']);
    expect(counts.late[0]).toBe(1);
  });

  it('raised, then 20:7 23:11 stays the same alert without a clear', () => {
    expect(run(high(), '0:11 15:11 20:7 23:11', 50).said).toEqual(['raised 10']);
  });

  it('a stamp 1 h ahead counts as future and the next sample is accepted', () => {
    const { counts, said } = run(high(), '0:5 3601:11@1 2:5', 3);
    expect([counts.future[0], counts.accepted[0], counts.lastTimeMs[0]]).toEqual([1, 2, 2 * S]);
    expect(said).toEqual([]);
  });
});

describe('edges that the vectors leave open', () => {
  it('silence equal to the stale limit is still a valid signal', () => {
    expect(run(high(30), '0:11 30:11', 30).said).toEqual(['raised 30']);
    expect(run(high(31), '0:11 31:11', 31).said).toEqual(['signal-lost 30', 'signal-back 31']);
  });

  it('a delay that ends with the last valid moment still ends', () => {
    expect(run(high(30), '0:11', 100).said).toEqual(['raised 30', 'signal-lost 30']);
  });

  it('an active alert is held while the signal is lost, and its off-delay starts anew', () => {
    expect(run(high(), '0:11 12:11 14:5', 14).said).toEqual(['raised 10']);
    expect(run({ ...high(), staleAfterMs: 15 * S }, '0:11 12:11 60:5 61:5', 80).said).toEqual([
      'raised 10',
      'signal-lost 27',
      'signal-back 60',
      'cleared 65',
      'signal-lost 76',
    ]);
  });

  it('after blindness the condition stands inside the deadband and its delay counts anew', () => {
    expect(run(high(), '0:11 5:11 50:9 61:9', 61).said).toEqual([
      'raised 10',
      'signal-lost 35',
      'signal-back 50',
    ]);
    expect(run(high(32), '0:11 40:9 65:9 72:9', 72).said).toEqual([
      'signal-lost 30',
      'signal-back 40',
      'raised 72',
    ]);
  });

  it('a monitor without any sample is never blind', () => {
    const sense = createSense(1, [high()]);
    expect(senseAdvance(sense, 1e9)).toEqual([]);
  });

  it('low mirrors high', () => {
    const low: SenseMonitor = {
      ...high(),
      condition: {
        kind: 'limit',
        direction: 'low',
        limit: 10,
        deadband: 2,
        onDelayMs: 10 * S,
        offDelayMs: 5 * S,
      },
    };
    const { said, changes } = run(low, '0:10 5:7 10:12 12:12.1 14:10 30:13', 36);
    expect(said).toEqual(['raised 10', 'cleared 35']);
    expect(changes[1]?.extreme).toBe(7);
  });

  it('a device whose clock is an hour behind still has its delay judged', () => {
    expect(run(high(), '-3600:11@0', 10).said).toEqual(['raised -3590']);
  });

  it('readings held up on the way are blindness on receive time', () => {
    const { said } = run(high(60), '0:11@0 10:11@45', 45);
    expect(said).toEqual(['signal-lost 30', 'signal-back 10']);
  });

  it('an alert on uncertain samples alone says so', () => {
    expect(run(high(), '0:5 1:11', 11).changes[0]).toMatchObject({ uncertainOnly: false, lastBelowMs: 0 });
  });

  it('a stale monitor raises on silence, clears on the next sample and is never blind itself', () => {
    const stale: SenseMonitor = { ...high(), condition: { kind: 'stale', afterMs: 20 * S } };
    expect(run(stale, '0:1 20:1 41:1', 41).said).toEqual(['raised 40', 'cleared 41']);
    const delayed: SenseMonitor = {
      ...high(),
      condition: { kind: 'stale', afterMs: 20 * S, onDelayMs: 5 * S },
    };
    expect(run(delayed, '0:1 24:1 49:1 100:1', 100).said).toEqual([
      'raised 49',
      'cleared 49',
      'raised 74',
      'cleared 100',
    ]);
  });
});
