import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changeMonitors,
  createSense,
  loadSense,
  nextDueMs,
  saveSense,
  type Sense,
  senseAdvance,
  senseBatch,
  senseHistory,
  type SenseMonitor,
  type StateChange,
} from '#core/sense.ts';
import { signalReadings } from '#core/sense-readings.ts';
import type { Batch } from '#vocabulary/sample.ts';
import { Reference, type Sample } from './reference.ts';

const SIGNALS = 3;
const RUNS = 400;

type Row = Sample & { signal: number };

const delay = fc.constantFrom(0, 1, 5, 10, 25, 60);

const condition = fc.oneof(
  fc.record({
    kind: fc.constant('limit' as const),
    direction: fc.constantFrom('high' as const, 'low' as const),
    limit: fc.integer({ min: 3, max: 8 }),
    deadband: fc.constantFrom(0, 1, 2),
    onDelayMs: delay,
    offDelayMs: delay,
  }),
  fc.record({
    kind: fc.constant('stale' as const),
    afterMs: fc.constantFrom(5, 20, 40),
    onDelayMs: delay,
    offDelayMs: delay,
  }),
);

const monitors: fc.Arbitrary<SenseMonitor[]> = fc
  .array(
    fc.record({ signal: fc.nat(SIGNALS - 1), staleAfterMs: fc.constantFrom(5, 15, 30, 90), condition }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) => list.map((one, i) => ({ ...one, monitorId: `m${i}`, version: 1 })));

/** Steps of plant time with samples that may be bad, uncertain, NaN, late, repeated, ahead, or held up. */
const rows: fc.Arbitrary<Row[]> = fc
  .array(
    fc.record({
      stepMs: fc.oneof(
        { weight: 8, arbitrary: fc.nat(8) },
        { weight: 2, arbitrary: fc.nat(60) },
        { weight: 1, arbitrary: fc.nat(200) },
      ),
      offMs: fc.oneof(
        { weight: 12, arbitrary: fc.constant(0) },
        { weight: 2, arbitrary: fc.integer({ min: -40, max: 3 }) },
        { weight: 1, arbitrary: fc.constant(400_000) },
      ),
      signal: fc.nat(SIGNALS - 1),
      value: fc.oneof(
        { weight: 20, arbitrary: fc.nat(11) },
        { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity) },
      ),
      quality: fc.oneof(
        { weight: 8, arbitrary: fc.constant(0) },
        { weight: 2, arbitrary: fc.constantFrom(1, 2) },
      ),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((steps) => {
    let nowMs = 1_000_000;
    return steps.map(({ stepMs, offMs, signal, value, quality }) => {
      nowMs += stepMs;
      return { signal, value, quality, timeMs: nowMs + offMs, receivedMs: nowMs };
    });
  });

/** Rows whose source time is their receive time, or lies before it by being late; none ahead. */
const onTime = rows.map((list) =>
  list.map((row) => ({ ...row, timeMs: row.timeMs > row.receivedMs ? row.receivedMs : row.timeMs })),
);

function batchOf(list: readonly Row[]): Batch {
  return {
    signal: Uint32Array.from(list, (row) => row.signal),
    timeMs: Float64Array.from(list, (row) => row.timeMs),
    value: Float64Array.from(list, (row) => row.value),
    quality: Uint8Array.from(list, (row) => row.quality),
    length: list.length,
  };
}

function byMonitor(changes: readonly StateChange[]): Record<string, StateChange[]> {
  return Object.groupBy(changes, (change) => change.monitorId) as Record<string, StateChange[]>;
}

/** Each row its own batch with a tick after it, as the pipeline does. */
function feed(sense: Sense, list: readonly Row[], marks: number[] = []): StateChange[] {
  const mark = new Uint8Array(1);
  return list.flatMap((row) => {
    const said = senseBatch(sense, batchOf([row]), row.receivedMs, mark);
    marks.push(mark[0] as number);
    return [...said, ...senseAdvance(sense, row.receivedMs)];
  });
}

describe('the data plane', () => {
  it('agrees with the reference, sample by sample and tick by tick', () => {
    fc.assert(
      fc.property(monitors, rows, fc.nat(300), (set, list, afterMs) => {
        const sense = createSense(SIGNALS, set);
        const marks: number[] = [];
        const endMs = (list.at(-1) as Row).receivedMs + afterMs;
        const said = byMonitor([...feed(sense, list, marks), ...senseAdvance(sense, endMs)]);
        for (const monitor of set) {
          const reference = new Reference(monitor);
          const own: number[] = [];
          list.forEach((row, i) => {
            if (row.signal === monitor.signal) {
              reference.sample(row);
              own.push(marks[i] as number);
            }
            reference.advance(row.receivedMs);
          });
          reference.advance(endMs);
          expect(said[monitor.monitorId] ?? []).toEqual(reference.changes);
          expect(own).toEqual(reference.marks);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('gives the same changes however history is cut into batches and ticks', () => {
    fc.assert(
      fc.property(
        monitors,
        onTime,
        fc.array(fc.nat(60), { maxLength: 8 }),
        fc.array(fc.nat(2_000)),
        (set, list, cuts, ticks) => {
          const endMs = (list.at(-1) as Row).receivedMs + 1_000;
          const whole = createSense(SIGNALS, set);
          // A late row does not move plant time, so history judged on source time is the same history.
          const once = [
            ...senseHistory(whole, batchOf(list), new Uint8Array(list.length)),
            ...senseAdvance(whole, endMs),
          ];
          const cut = createSense(SIGNALS, set);
          const said: StateChange[] = [];
          const edges = [...new Set([0, ...cuts.map((c) => Math.min(c, list.length)), list.length])].toSorted(
            (a, b) => a - b,
          );
          const wake = ticks.map((t) => 1_000_000 + t).toSorted((a, b) => a - b);
          for (let e = 0; e + 1 < edges.length; e++) {
            const part = list.slice(edges[e], edges[e + 1]);
            // A tick that falls inside a part would tell of samples that have not come yet.
            const firstMs = Math.min(...part.map((row) => row.timeMs));
            for (const nowMs of wake.filter((t) => t <= firstMs)) said.push(...senseAdvance(cut, nowMs));
            said.push(...senseHistory(cut, batchOf(part), new Uint8Array(part.length)));
          }
          said.push(...senseAdvance(cut, endMs));
          expect(byMonitor(said)).toEqual(byMonitor(once));
          expect(signalReadings(cut)).toEqual(signalReadings(whole));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('is the same saved, cloned and loaded at any point', () => {
    let saidBefore = 0;
    fc.assert(
      fc.property(monitors, rows, fc.nat(60), (set, list, at) => {
        const straight = createSense(SIGNALS, set);
        const first = feed(straight, list.slice(0, at));
        const loaded = loadSense(structuredClone(saveSense(straight)), SIGNALS, set) as Sense;
        const rest = list.slice(at);
        expect(feed(loaded, rest)).toEqual(feed(straight, rest));
        expect(nextDueMs(loaded)).toBe(nextDueMs(straight));
        saidBefore += first.length;
        expect(loadSense(saveSense(straight), SIGNALS + 1, set)).toBeNull();
        const other = set.map((monitor, i) => (i === 0 ? { ...monitor, version: 2 } : monitor));
        expect(loadSense(saveSense(straight), SIGNALS, other)).toBeNull();
      }),
      { numRuns: RUNS / 4 },
    );
    // a state in which nothing was ever said would prove little
    expect(saidBefore).toBeGreaterThan(0);
  });

  it('moves at nextDueMs and says nothing before it', () => {
    fc.assert(
      fc.property(monitors, rows, (set, list) => {
        const sense = createSense(SIGNALS, set);
        feed(sense, list);
        for (let n = 0; n < 20; n++) {
          const dueMs = nextDueMs(sense);
          if (dueMs === Number.POSITIVE_INFINITY) break;
          const early = loadSense(saveSense(sense), SIGNALS, set) as Sense;
          expect(senseAdvance(early, dueMs - 1)).toEqual([]);
          const said = senseAdvance(sense, dueMs);
          const silently = set.some((monitor) => monitor.condition.kind === 'stale');
          expect(said.length > 0 || silently).toBe(true);
          expect(nextDueMs(sense)).toBeGreaterThan(dueMs);
        }
        expect(nextDueMs(sense)).toBe(Number.POSITIVE_INFINITY);
        expect(senseAdvance(sense, 1e12)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('leaves unchanged monitors undisturbed when another changes, and starts the changed one fresh', () => {
    fc.assert(
      fc.property(monitors, rows, fc.nat(60), (set, list, at) => {
        const straight = createSense(SIGNALS, set);
        feed(straight, list.slice(0, at));
        const changed = set
          .map((monitor, i) => (i === 0 ? { ...monitor, version: 2 } : monitor))
          .toReversed();
        const other = changeMonitors(straight, SIGNALS + 2, changed);
        const rest = list.slice(at);
        const a = byMonitor(feed(straight, rest).filter((change) => change.monitorId !== 'm0'));
        const said = feed(other, rest);
        expect(byMonitor(said.filter((change) => change.monitorId !== 'm0'))).toEqual(a);
        const m0 = said.filter((change) => change.monitorId === 'm0');
        expect(m0.every((change) => change.version === 2)).toBe(true);
        expect(signalReadings(other).accepted.subarray(0, SIGNALS)).toEqual(
          signalReadings(straight).accepted,
        );
      }),
      { numRuns: RUNS / 2 },
    );
  });
});

describe('bugs upstream stop the input', () => {
  const monitor: SenseMonitor = {
    monitorId: 'm',
    version: 1,
    signal: 0,
    staleAfterMs: 30,
    condition: { kind: 'limit', direction: 'high', limit: 10, deadband: 2, onDelayMs: 0, offDelayMs: 0 },
  };

  it('refuses a monitor that cannot be judged', () => {
    expect(() => createSense(0, [monitor])).toThrow(/E-SENSE-001.*not registered/);
    expect(() =>
      createSense(1, [{ ...monitor, condition: { ...monitor.condition, limit: Number.NaN } as never }]),
    ).toThrow(/finite/);
    expect(() => createSense(1, [{ ...monitor, condition: { kind: 'moon' } as never }])).toThrow(
      /no condition of kind "moon"/,
    );
    expect(() => createSense(1, [monitor, monitor])).toThrow(/twice/);
  });

  it('refuses a signal that is not registered', () => {
    const sense = createSense(1, [monitor]);
    const row: Row = { signal: 7, timeMs: 1, receivedMs: 1, value: 1, quality: 0 };
    expect(() => senseBatch(sense, batchOf([row]), 1, new Uint8Array(1))).toThrow(/E-SENSE-002/);
  });

  it('refuses a monitor that changed without a new version', () => {
    const sense = createSense(1, [monitor]);
    expect(() => changeMonitors(sense, 1, [{ ...monitor, staleAfterMs: 31 }])).toThrow(/E-SENSE-003/);
  });
});
