import { useMemo } from 'react';
import type { DesignAnswer, Series } from '../../../src/api/contract.ts';
import { withGaps } from '../../data/series.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { shortId } from '../../format/id.ts';
import { Answered } from '../../frame/Answered.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { TrendChart } from '../../parts/TrendChart.tsx';
import type { Trend } from '../../parts/trend-shapes.ts';
import { type Definition, type Profile, type Signal, stepOf, usePicture } from './design-data.ts';
import { DesignProfile } from './DesignProfile.tsx';
import { TEXTS } from './texts.ts';

/** As high as the figures beside it; on a phone half a screen. */
const HEIGHT = 436;
const PHONE_HEIGHT = 280;
const PHONE_PX = 600;
/** Share of the axis that stays free above and under what it holds. */
const ROOM = 0.06;

interface Drawing {
  monitorId: string;
  /** the definition as it is sent to be judged */
  judgeable: Definition;
  definition: Definition;
  signal: Signal;
  answer: DesignAnswer;
  profile: Profile | null;
  onLimit: ((limit: number) => void) | null;
}

/** The whole history with the limit as a line to take hold of, both grounds, the breakdowns, and the profile. */
export function DesignChart(props: Drawing) {
  const { signal, answer, definition } = props;
  const whole = answer.judged[0]?.whole;
  const fromMs = whole?.fromMs ?? 0;
  const toMs = whole?.toMs ?? 0;
  const series = usePicture(props.monitorId, props.judgeable);
  const { condition } = definition;
  const clears =
    condition.kind === 'limit'
      ? condition.limit + (condition.direction === 'high' ? -condition.deadband : condition.deadband)
      : null;
  const hint =
    clears === null || !props.onLimit
      ? null
      : TEXTS.hint(
          `${number(clears)} ${signal.unit}`,
          condition.kind === 'limit' && condition.direction === 'low',
        );
  return (
    <Panel title={`${signal.name}, ${signal.unit}`} aside={hint} className="design-chart">
      {toMs > fromMs ? (
        <Answered query={series} rows={10} rowHeight={32}>
          {(found) => <Drawn {...props} series={found} />}
        </Answered>
      ) : (
        <Empty title={TEXTS.noHistory} because={TEXTS.noHistoryBecause} />
      )}
    </Panel>
  );
}

function Drawn(props: Drawing & { series: Series }) {
  const { definition, signal, answer, profile, series, onLimit } = props;
  const { shortDay } = useWriter();
  const height = window.innerWidth <= PHONE_PX ? PHONE_HEIGHT : HEIGHT;
  const base = useMemo(() => axisOf(series, answer.range), [series, answer.range]);
  const limitNow = definition.condition.kind === 'limit' ? definition.condition.limit : base.low;
  const room = (base.high - base.low) * ROOM;
  const low = limitNow < base.low ? limitNow - room : base.low;
  const high = limitNow > base.high ? limitNow + room : base.high;
  const axis = useMemo(() => ({ low, high }), [low, high]);
  const points = useMemo(() => withGaps(series, signal.usualIntervalMs), [series, signal.usualIntervalMs]);
  const trend = useMemo(
    () => trendOf({ definition, signal, answer, onLimit, axis, points }),
    [definition, signal, answer, onLimit, axis, points],
  );
  const first = answer.judged[0];
  const { condition } = definition;
  return (
    <div className="design-drawing">
      <TrendChart
        trend={trend}
        finding={TEXTS.finding(
          signal.name,
          first?.whole.notifications ?? 0,
          first ? `${shortDay(first.whole.fromMs)} to ${shortDay(first.whole.toMs)}` : '',
        )}
        height={height}
      />
      {profile && condition.kind === 'limit' ? (
        <DesignProfile
          profile={profile}
          low={axis.low}
          high={axis.high}
          limit={condition.limit}
          height={height}
        />
      ) : null}
    </div>
  );
}

/** Stays while a limit moves, so that the line moves and not the ground under it. */
function axisOf(series: Series, range: DesignAnswer['range']): { low: number; high: number } {
  let low = range?.low ?? Number.POSITIVE_INFINITY;
  let high = range?.high ?? Number.NEGATIVE_INFINITY;
  for (const value of series.value) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const room = (high - low || Math.abs(high) || 1) * ROOM;
  return { low: low - room, high: high + room };
}

function trendOf(
  props: Pick<Drawing, 'definition' | 'signal' | 'answer' | 'onLimit'> & {
    axis: { low: number; high: number };
    points: { timesMs: number[]; values: (number | null)[] };
  },
): Trend {
  const { definition, signal, answer, onLimit, axis, points } = props;
  const { condition } = definition;
  const first = answer.judged[0];
  const { fromMs = 0, toMs = 0 } = first?.whole ?? {};
  const splitMs = first?.checked.fromMs ?? toMs;
  const limit =
    condition.kind === 'limit'
      ? {
          value: condition.limit,
          side: condition.direction,
          clears:
            condition.limit + (condition.direction === 'high' ? -condition.deadband : condition.deadband),
          ...(onLimit
            ? {
                adjust: {
                  step: stepOf(answer.range ?? axis),
                  lowest: axis.low,
                  highest: axis.high,
                  onMove: onLimit,
                },
              }
            : {}),
        }
      : null;
  return {
    ...points,
    unit: signal.unit,
    fromMs,
    toMs,
    low: axis.low,
    high: axis.high,
    ...(limit ? { limit } : {}),
    grounds: [
      { fromMs, toMs: splitMs, words: TEXTS.chosenPart, checked: false },
      { fromMs: splitMs, toMs, words: TEXTS.checkedPart, checked: true },
    ],
    blind: (first?.blind ?? []).map((one) => ({ fromMs: one.fromMs, toMs: one.toMs ?? toMs })),
    ...(limit
      ? {
          findings: (first?.marks ?? []).map((mark) => ({
            atMs: mark.atMs,
            words: mark.hit === null ? TEXTS.mark : mark.hit ? TEXTS.hits : TEXTS.misses,
            finding:
              mark.hit === null
                ? ('not-checked' as const)
                : mark.hit
                  ? ('as-stated' as const)
                  : ('nothing' as const),
          })),
        }
      : {}),
    breakdowns: answer.events
      .filter((event) => event.atMs >= fromMs && event.atMs <= toMs)
      .map((event) => ({
        atMs: event.atMs,
        words: event.source === 'case' ? shortId(event.words) : event.words,
      })),
  };
}
