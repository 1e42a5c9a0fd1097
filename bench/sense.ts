// How fast the data plane judges, beside a bare loop and beside an expression per sample.
import { parse } from '@marcbachmann/cel-js';
import { createSense, type Sense, senseAdvance, senseBatch } from '#core/sense.ts';
import { type Batch, MAX_BATCH_SAMPLES } from '#vocabulary/sample.ts';
import { type BenchOptions, interleaved, type Measured, type Ratio, type Section, times } from './measure.ts';
import { LIMIT, type SenseData, senseData } from './sense-data.ts';

/** A plant has been running: each signal has spoken before the clock starts. */
const WARM_UP_SECONDS = 5;
/** A compiled expression takes so long that a part of the samples says it. */
const EXPRESSION_SHARE = 20;

export const senseSection: Section = {
  name: 'sense',
  summary: 'judging samples on the data plane',
  async run(options) {
    const measured: Measured[] = [];
    const ratios: Ratio[] = [];
    for (const [signals, seconds, shuffled] of [
      [10_000, 150, false],
      [10_000, 150, true],
      [100_000, 20, false],
      [100_000, 20, true],
    ] as const) {
      const one = await measureSet(options, signals, seconds, shuffled);
      measured.push(...one.measured);
      ratios.push(...one.ratios);
    }
    return {
      section: 'sense',
      about: [
        `ns a sample; one monitor a signal (limit, deadband, on- and off-delay, stale), batches of ${MAX_BATCH_SAMPLES}, a tick after each.`,
        'A sample a second from each signal; 0.2 % of the time above the limit; one in 2,000 each bad, late, repeated.',
        'bare loop: skips bad samples, compares with the limit of the signal, notes when a signal changes sides.',
        'counting loop: compares with the limit of the signal and counts; it reads no quality and finds no onset.',
        'expression: CEL `value >= limit`, compiled once, called for each sample.',
      ],
      measured,
      ratios,
    };
  },
};

async function measureSet(
  options: BenchOptions,
  signals: number,
  seconds: number,
  shuffled: boolean,
): Promise<{ measured: Measured[]; ratios: Ratio[] }> {
  const set = `${signals.toLocaleString('en')} monitors${shuffled ? ', random order' : ''}`;
  options.say(`  ${set}`);
  const all = senseData(signals, seconds + WARM_UP_SECONDS, shuffled);
  const warmUp = part(all, 0, (WARM_UP_SECONDS * signals) / MAX_BATCH_SAMPLES);
  const data = part(all, warmUp.batches.length, all.batches.length);
  const limits = new Float64Array(signals).fill(LIMIT);
  const sides = new Uint8Array(signals);
  const changedMs = new Float64Array(MAX_BATCH_SAMPLES);
  const marks = new Uint8Array(MAX_BATCH_SAMPLES);
  const share = part(data, 0, Math.ceil(data.batches.length / EXPRESSION_SHARE));
  let sense: Sense;
  const measured = await interleaved(options, 'ns', [
    {
      name: `counting loop, ${set}`,
      per: data.samples,
      run: () => overAll(data, (batch) => countOver(batch, limits)),
    },
    {
      name: `bare loop, ${set}`,
      per: data.samples,
      run: () => overAll(data, (batch) => changesOver(batch, limits, sides, changedMs)),
    },
    {
      name: `sense, ${set}`,
      per: data.samples,
      prepare() {
        sense = createSense(signals, data.monitors);
        judgeAll(sense, warmUp, marks);
      },
      run: () => judgeAll(sense, data, marks),
    },
    {
      name: `expression, ${set}`,
      per: share.samples,
      run: () => overAll(share, (batch) => expressionOver(batch, limits)),
    },
  ]);
  const many = signals >= 100_000;
  return {
    measured,
    ratios: [
      times(
        `speed beside the bare loop, ${set}`,
        measured,
        `bare loop, ${set}`,
        `sense, ${set}`,
        shuffled ? null : many ? '0.3' : '0.5',
      ),
      times(
        `speed beside the counting loop, ${set}`,
        measured,
        `counting loop, ${set}`,
        `sense, ${set}`,
        null,
      ),
      times(
        `speed beside the expression, ${set}`,
        measured,
        `expression, ${set}`,
        `sense, ${set}`,
        shuffled ? null : '5',
      ),
    ],
  };
}

/** Batches `from` up to, not including, `to`. */
function part(data: SenseData, from: number, to: number): SenseData {
  const batches = data.batches.slice(from, to);
  const samples = batches.reduce((sum, batch) => sum + batch.length, 0);
  return { ...data, batches, receivedMs: data.receivedMs.slice(from, to), samples };
}

function overAll(data: SenseData, each: (batch: Batch) => number): number {
  let sum = 0;
  for (const batch of data.batches) sum += each(batch);
  return sum;
}

function countOver(batch: Batch, limits: Float64Array): number {
  const { signal, value, length } = batch;
  let over = 0;
  for (let i = 0; i < length; i++) {
    if ((value[i] as number) >= (limits[signal[i] as number] as number)) over++;
  }
  return over;
}

function changesOver(batch: Batch, limits: Float64Array, sides: Uint8Array, changedMs: Float64Array): number {
  const { signal, timeMs, value, quality, length } = batch;
  let changes = 0;
  for (let i = 0; i < length; i++) {
    if (quality[i] !== 0) continue;
    const s = signal[i] as number;
    const side = (value[i] as number) >= (limits[s] as number) ? 1 : 0;
    if (side !== sides[s]) {
      sides[s] = side;
      changedMs[changes++] = timeMs[i] as number;
    }
  }
  return changes;
}

function judgeAll(sense: Sense, data: SenseData, marks: Uint8Array): number {
  let changes = 0;
  for (let b = 0; b < data.batches.length; b++) {
    const receivedMs = data.receivedMs[b] as number;
    changes += senseBatch(sense, data.batches[b] as Batch, receivedMs, marks).length;
    changes += senseAdvance(sense, receivedMs).length;
  }
  return changes;
}

const isOver = parse('value >= limit');

function expressionOver(batch: Batch, limits: Float64Array): number {
  let over = 0;
  const asked = { value: 0, limit: 0 };
  for (let i = 0; i < batch.length; i++) {
    asked.value = batch.value[i] as number;
    asked.limit = limits[batch.signal[i] as number] as number;
    if (isOver(asked) === true) over++;
  }
  return over;
}
