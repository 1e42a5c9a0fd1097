// How fast the data plane judges, beside a bare loop and beside an expression per sample.
import { parse } from '@marcbachmann/cel-js';
import { createSense, type Sense, senseAdvance, senseBatch } from '#core/sense.ts';
import { type Batch, MAX_BATCH_SAMPLES } from '#vocabulary/sample.ts';
import { type BenchOptions, interleaved, type Measured, type Ratio, type Section, times } from './measure.ts';
import { LIMIT, type SenseData, senseData } from './sense-data.ts';

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
        'A sample a second from each signal; 1 % of the time above the limit; one in 2,000 each bad, late, repeated.',
        'flagging loop: skips bad samples, compares with the limit of the signal, writes a flag for each sample.',
        'counting loop: compares with the limit of the signal and counts; it reads no quality and leaves no result.',
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
  const data = senseData(signals, seconds, shuffled);
  const limits = new Float64Array(signals).fill(LIMIT);
  const flags = new Uint8Array(MAX_BATCH_SAMPLES);
  const marks = new Uint8Array(MAX_BATCH_SAMPLES);
  const part = data.batches.slice(0, Math.ceil(data.batches.length / EXPRESSION_SHARE));
  let sense: Sense;
  const measured = await interleaved(options, 'ns', [
    {
      name: `counting loop, ${set}`,
      per: data.samples,
      run: () => overAll(data, (batch) => countOver(batch, limits)),
    },
    {
      name: `flagging loop, ${set}`,
      per: data.samples,
      run: () => overAll(data, (batch) => flagOver(batch, limits, flags)),
    },
    {
      name: `sense, ${set}`,
      per: data.samples,
      prepare() {
        sense = createSense(signals, data.monitors);
      },
      run: () => judgeAll(sense, data, marks),
    },
    {
      name: `expression, ${set}`,
      per: part.reduce((sum, batch) => sum + batch.length, 0),
      run: () => part.reduce((sum, batch) => sum + expressionOver(batch, limits), 0),
    },
  ]);
  const many = signals >= 100_000;
  return {
    measured,
    ratios: [
      times(
        `speed beside the flagging loop, ${set}`,
        measured,
        `flagging loop, ${set}`,
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

function flagOver(batch: Batch, limits: Float64Array, flags: Uint8Array): number {
  const { signal, value, quality, length } = batch;
  for (let i = 0; i < length; i++) {
    if (quality[i] === 0) flags[i] = (value[i] as number) >= (limits[signal[i] as number] as number) ? 1 : 0;
  }
  return flags[0] as number;
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
