import { Button } from '@mantine/core';
import type { TodayItem } from '../../../src/api/contract.ts';
import { useSeries, withGaps } from '../../data/series.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { isCrossed } from '../../format/reading.ts';
import { DAY_MS } from '../../format/time.ts';
import { useNames, useRights } from '../../frame/people.ts';
import { FindingMark } from '../../parts/FindingMark.tsx';
import { Icon, type IconName } from '../../parts/Icon.tsx';
import { Person } from '../../parts/Person.tsx';
import { type Priority, PriorityBadge } from '../../parts/PriorityBadge.tsx';
import { Sparkline } from '../../parts/Sparkline.tsx';
import { MARK_OF } from '../work/findings.ts';
import { ACT_WORD, TEXTS } from './texts.ts';

const ICON: Record<TodayItem['act'], IconName> = {
  decide: 'scales',
  match: 'question',
  report: 'pen',
  accept: 'tick',
  release: 'tick',
  start: 'clock',
  finding: 'question',
  finish: 'tick',
  'sign off': 'pen',
  review: 'question',
  advice: 'scales',
  'look after': 'clock',
  money: 'scales',
  sensor: 'unseen',
  trial: 'question',
};
const SPARK_MS = 3 * DAY_MS;
const SPARK_POINTS = 48;
/** The picture moves on in steps, so that it is not asked again with every answer. */
const SPARK_STEP_MS = 600_000;

/** One thing that waits: what, how bad, at risk, by when, and the one button. */
export function TodayRow(props: { item: TodayItem; nowMs: number; first: boolean }) {
  const { item, nowMs } = props;
  const { money, moment, day } = useWriter();
  const names = useNames();
  const late = item.actByMs !== null && item.actByMs < nowMs;
  return (
    <li className="today-row" data-row="" tabIndex={-1}>
      <div className="today-act">
        {item.priority ? (
          <PriorityBadge priority={item.priority} unacknowledged={item.unacknowledged} />
        ) : (
          <span className="today-duty">
            <Icon name={ICON[item.act]} size={18} />
            {ACT_WORD[item.act]}
          </span>
        )}
      </div>
      <div className="today-what">
        <h2>
          <a href={item.href} data-open="">
            {item.title}
          </a>
        </h2>
        <p className="quiet">
          {item.detail}
          {item.sinceMs === null
            ? ''
            : ` ${TEXTS.since} ${moment(item.sinceMs, nowMs).replace(/^Today /, 'today ')}.`}
          {item.dayMs === null
            ? ''
            : ` ${item.act === 'accept' || item.act === 'decide' ? TEXTS.proposed : TEXTS.planned} ${day(item.dayMs)}.`}
        </p>
      </div>
      <div className="today-bad">
        <HowBad item={item} nowMs={nowMs} />
      </div>
      <div className="today-risk right">
        {item.atRiskMinor === null ? null : (
          <>
            <span className="unseen">{TEXTS.atRisk} </span>
            <b>{money(item.atRiskMinor)}</b>
          </>
        )}
      </div>
      <div className="today-by">
        {item.actByMs === null ? (
          <span className="mute">{TEXTS.noDate}</span>
        ) : (
          <b>
            <span className="unseen">{TEXTS.actBy} </span>
            {moment(item.actByMs, nowMs)}
          </b>
        )}
        <Otherwise item={item} late={late} nowMs={nowMs} name={names} />
      </div>
      <div className="today-do">
        <Button
          component="a"
          href={item.href}
          fullWidth
          variant={props.first ? 'filled' : 'default'}
          {...(props.first ? { 'data-main-action': true } : {})}
        >
          {item.action}
          <span className="unseen">: {item.title}</span>
        </Button>
      </div>
    </li>
  );
}

function Otherwise(props: { item: TodayItem; late: boolean; nowMs: number; name: (id: string) => string }) {
  const { item, late, nowMs } = props;
  const { span } = useWriter();
  if (item.otherwise) {
    const { words, personId } = item.otherwise;
    const named = personId ? words.replace('the owner', props.name(personId)) : words;
    return <span className="small mute">{named}</span>;
  }
  if (item.actByMs === null) return null;
  const words = late ? `${span(nowMs - item.actByMs)} late` : `${span(item.actByMs - nowMs)} left`;
  return <span className="small mute">{words}</span>;
}

function HowBad({ item, nowMs }: { item: TodayItem; nowMs: number }) {
  const names = useNames();
  const { bad } = item;
  if (bad === null) return null;
  if (bad.kind === 'person') return <Person name={names(bad.personId)} note={bad.words} />;
  if (bad.kind === 'findings') {
    return (
      <span className="line-up">
        {bad.counts.map(({ finding, n }) => (
          <FindingMark key={finding} finding={MARK_OF[finding]} words={`${n} ${finding}`} />
        ))}
      </span>
    );
  }
  return <Trend bad={bad} priority={item.priority} nowMs={nowMs} />;
}

type TrendBad = Extract<NonNullable<TodayItem['bad']>, { kind: 'trend' }>;

function Trend({ bad, priority, nowMs }: { bad: TrendBad; priority: Priority | null; nowMs: number }) {
  const { mayRead } = useRights();
  const toMs = Math.ceil(nowMs / SPARK_STEP_MS) * SPARK_STEP_MS;
  const series = useSeries(bad.signalId, toMs - SPARK_MS, toMs, SPARK_POINTS, mayRead('acquire'));
  const values = series.data ? withGaps(series.data, 0).values : [];
  const crossed = isCrossed(bad.value, { value: bad.limit, direction: bad.direction });
  return (
    <>
      <span className="today-spark">
        <Sparkline values={values} limit={bad.limit} {...(priority && crossed ? { priority } : {})} />
      </span>
      <span className="today-value">
        {bad.value === null ? (
          <span className="mute">no valid reading</span>
        ) : (
          <span className="nowrap">
            <b>{number(bad.value, 1)}</b> {bad.unit}
          </span>
        )}
        <span className="small mute nowrap">
          {TEXTS.limit} {number(bad.limit)}
        </span>
      </span>
    </>
  );
}
