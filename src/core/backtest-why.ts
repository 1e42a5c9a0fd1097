// Why a monitor did, or did not, say something at one moment: its past passes through the data plane up to there, and each
// step of the chain tells where it stands.
import { counts } from '#detect/extra.ts';
import {
  ACTIVE,
  HOLDS,
  MASK,
  ON_DELAY_MS,
  SILENCE_MS,
  SILENT,
  SINCE_MS,
  WATCH_DUE_MS,
} from '#detect/watch-table.ts';
import { kindOf } from '#vocabulary/conditions/all.ts';
import { conditionText } from '#vocabulary/conditions/say.ts';
import { quantity } from '#vocabulary/conditions/words.ts';
import { BAD } from '#vocabulary/quality.ts';
import { isoUtc, spanWords } from '#vocabulary/time.ts';
import type { BacktestMonitor } from './backtest.ts';
import type { History } from './backtest-history.ts';
import { judgeHistory } from './backtest-judge.ts';
import { createSense } from './sense.ts';
import { signalReadings } from './sense-readings.ts';

/** Steps of the chain, in the order in which a reading passes them. */
export type WhyWord =
  | 'reading'
  | 'valid signal'
  | 'operating state'
  | 'condition'
  | 'count'
  | 'delay'
  | 'raised'
  | 'work';

export interface WhyStep {
  step: WhyWord;
  /** whether the chain goes on past this step */
  passed: boolean;
  words: string;
}

export interface Why {
  atMs: number;
  /** an alert was active at that moment */
  active: boolean;
  /** the step that held it back; null while an alert is active */
  stopsAt: WhyWord | null;
  steps: WhyStep[];
}

export interface WhyQuestion {
  monitor: BacktestMonitor;
  history: History;
  /** as in `BacktestOptions` */
  others: readonly History[];
  atMs: number;
  unit: string;
}

const NOTHING = Number.NEGATIVE_INFINITY;

/** Steps up to the first that does not pass, that one included. */
export function whyAt(asked: WhyQuestion): Why {
  const { atMs, monitor, others } = asked;
  const history = upTo(asked.history, atMs);
  const places = others.map((_, i) => i + 1);
  const sense = createSense(1 + others.length, [
    { ...monitor, monitorId: 'why', version: 1, signal: 0, others: places },
  ]);
  judgeHistory(sense, history, others, monitor.staleAfterMs, atMs);
  const steps: WhyStep[] = [];
  for (const step of stepsOf(asked, history, sense)) {
    steps.push(step);
    if (!step.passed) break;
  }
  const active = sense.watches.rows[ACTIVE] === 1;
  const last = steps.at(-1);
  return { atMs, active, stopsAt: active || !last || last.passed ? null : last.step, steps };
}

function upTo(history: History, atMs: number): History {
  const end = history.timeMs.findLastIndex((timeMs) => timeMs <= atMs) + 1;
  const { timeMs, value, quality } = history;
  return {
    timeMs: timeMs.subarray(0, end),
    value: value.subarray(0, end),
    quality: quality.subarray(0, end),
  };
}

function* stepsOf(
  { monitor, unit, atMs }: WhyQuestion,
  history: History,
  sense: ReturnType<typeof createSense>,
): Generator<WhyStep> {
  const { rows, extras } = sense.watches;
  const { condition } = monitor;
  const readings = signalReadings(sense);
  const lastMs = readings.lastTimeMs[0] as number;
  const active = rows[ACTIVE] === 1;
  yield readingStep(history, lastMs, readings.lastValue[0] as number, unit);
  if (kindOf(condition).silence === 'blinds') {
    const blind = rows[SILENT] === 1;
    const limit = spanWords(rows[SILENCE_MS] as number);
    yield said(
      'valid signal',
      !blind,
      blind
        ? `No valid signal: nothing was accepted for ${spanWords(atMs - lastMs)}, and it holds for ${limit}.`
        : `The last value holds for ${limit}.`,
    );
  }
  const extra = extras[0];
  if (extra?.only || extra?.rule) {
    const open = counts(extra);
    const state = condition.onlyWhile?.state;
    const wanted = state ? `the machine is ${state}` : 'all signals it looks at are valid';
    yield said(
      'operating state',
      open || active,
      open ? `Readings count: ${wanted}.` : `Readings count only while ${wanted}.`,
    );
  }
  yield conditionStep(
    condition,
    unit,
    rows[HOLDS] === 1 || active,
    extra?.nOfM ?? null,
    rows[MASK] as number,
  );
  if (active) {
    const since = isoUtc(rows[SINCE_MS] as number);
    const words =
      rows[HOLDS] === 1
        ? 'An alert is active and its condition holds.'
        : `An alert is active; its condition ended ${since} and the off-delay runs.`;
    yield said('raised', true, words);
    return;
  }
  const delayMs = rows[ON_DELAY_MS] as number;
  const dueMs = rows[WATCH_DUE_MS] as number;
  yield said(
    'delay',
    false,
    `The condition holds since ${isoUtc(rows[SINCE_MS] as number)}; the on-delay of ${spanWords(delayMs)} ends ${Number.isFinite(dueMs) ? isoUtc(dueMs) : 'with the next reading'}.`,
  );
}

function readingStep(history: History, lastMs: number, lastValue: number, unit: string): WhyStep {
  const newest = history.timeMs.length - 1;
  if (newest < 0) return said('reading', false, 'No reading had come by then.');
  if (lastMs === NOTHING) return said('reading', false, 'Readings came, but none was accepted.');
  const at = history.timeMs[newest] as number;
  const words = `The last accepted reading is ${quantity(lastValue, unit)} of ${isoUtc(lastMs)}.`;
  if (at === lastMs) return said('reading', true, words);
  const bad = (history.quality[newest] as number) >= BAD || !Number.isFinite(history.value[newest]);
  const why = bad ? 'bad' : at < lastMs ? 'late' : 'repeated or ahead of its time';
  return said('reading', true, `${words} The newest, of ${isoUtc(at)}, was ${why} and does not count.`);
}

function conditionStep(
  condition: BacktestMonitor['condition'],
  unit: string,
  holds: boolean,
  nOfM: { n: number; m: number } | null,
  mask: number,
): WhyStep {
  const { nOfM: _, onlyWhile: __, ...alone } = condition;
  const text = conditionText({ ...alone, onDelayMs: 0 }, unit);
  if (nOfM) {
    const counted = mask.toString(2).replaceAll('0', '').length;
    const words = `${counted} of the last ${nOfM.m} readings fit "${text}"; ${nOfM.n} are asked for.`;
    return said('count', holds, words);
  }
  return said('condition', holds, holds ? `The value ${text}.` : `The condition "${text}" does not hold.`);
}

function said(step: WhyWord, passed: boolean, words: string): WhyStep {
  return { step, passed, words };
}
