import { Button } from '@mantine/core';
import type { BacktestAnswer, MonitorView } from '../../../src/api/contract.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { useRights } from '../../frame/people.ts';
import { FindingMark } from '../../parts/FindingMark.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { type BacktestRun, useBacktest } from './backtest-run.ts';
import { type Wish, wishOf } from './ChangePanel.tsx';
import { TEXTS } from './texts.ts';

type Backtest = NonNullable<MonitorView['backtest']>;

/** What the version in work would have done on history, and what that costs the crew. */
export function BacktestPanel({ view, wish }: { view: MonitorView; wish: Wish | null }) {
  const own = wishOf(view);
  const other = wish !== null && !saysTheSame(wish, own) ? wish : null;
  const run = useBacktest(view, other);
  const { answer } = run;
  const fresh = answer !== null && saysTheSame(answer.condition, other ?? own);
  const backtest = fresh ? figuresOf(answer) : other ? null : view.backtest;
  const judged = other?.kind === 'limit' ? other.limit : (view.inWork.limit?.value ?? null);
  const title = judged === null ? TEXTS.withAny : TEXTS.with(`${number(judged)} ${view.unit}`);
  return (
    <Panel
      title={title}
      aside={
        backtest?.inHindsight ? (
          <span className="tag" title={TEXTS.hindsightWhy}>
            {TEXTS.hindsight}
          </span>
        ) : null
      }
    >
      {backtest === null ? (
        <NotJudged other={other !== null} />
      ) : backtest.samples === 0 ? (
        <NoHistory />
      ) : (
        <Figures backtest={backtest} />
      )}
      {fresh ? <RunNotes answer={answer} /> : null}
      {view.lifecycle === 'retired' ? null : (
        <RunButtons run={run} recordable={fresh && answer.ownCondition && answer.from !== null} />
      )}
      {view.noise ? <Noise noise={view.noise} /> : null}
    </Panel>
  );
}

/** Fields may come in another order. */
function saysTheSame(one: Wish, other: Wish): boolean {
  const text = (wish: Wish) => JSON.stringify(Object.entries(wish).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return text(one) === text(other);
}

function figuresOf(answer: BacktestAnswer): Backtest {
  const { monitorId, version, score, dataHash } = answer;
  return {
    monitorId,
    version,
    from: answer.from === null ? 0 : Date.parse(answer.from),
    to: answer.to === null ? 0 : Date.parse(answer.to),
    samples: answer.used,
    alerts: answer.alerts.length,
    notifications: answer.notifications.length,
    alertsPerWeek: answer.alertsPerWeek ?? 0,
    notificationsPerWeek: answer.notificationsPerWeek ?? 0,
    events: score?.events ?? null,
    caught: score?.caught ?? null,
    precision: score?.precision ?? null,
    leadHours: score?.leadHours ?? [],
    inHindsight: false,
    dataHash,
  };
}

/** Where the readings of a run came from, and what it left out. */
function RunNotes({ answer }: { answer: BacktestAnswer }) {
  return (
    <p className="small mute">
      {answer.recorded ? TEXTS.recordedNow : answer.ownCondition ? TEXTS.notRecorded : TEXTS.noVersionYet}{' '}
      {TEXTS.madeOf(number(answer.received, 0), number(answer.imported, 0))}
      {answer.notes.map((note) => ` ${note}`)}
    </p>
  );
}

function RunButtons({ run, recordable }: { run: BacktestRun; recordable: boolean }) {
  const { mayRun } = useRights();
  const { answer, busy, refusal, start, giveUp } = run;
  const record = recordable && answer?.recorded === null && mayRun('monitor.record-backtest');
  return (
    <>
      <span className="line-up monitor-run">
        <Button variant="default" onClick={() => start(false)} aria-busy={busy} disabled={busy}>
          {busy ? TEXTS.judging : TEXTS.backtest}
        </Button>
        {busy ? (
          <Button variant="subtle" onClick={giveUp}>
            {TEXTS.giveUp}
          </Button>
        ) : null}
        {record && !busy ? (
          <Button variant="default" onClick={() => start(true)}>
            {TEXTS.recordIt}
          </Button>
        ) : null}
      </span>
      {refusal ? <Failure {...refusal} /> : null}
    </>
  );
}

function NoHistory() {
  return (
    <p className="small quiet">
      <b>{TEXTS.noHistory}</b> {TEXTS.noHistoryBecause}
    </p>
  );
}

function NotJudged({ other }: { other: boolean }) {
  return (
    <p className="small quiet">
      <b>{TEXTS.noBacktest}</b> {other ? TEXTS.otherBecause : TEXTS.noBacktestBecause}
    </p>
  );
}

function Figures({ backtest }: { backtest: Backtest }) {
  const { shortDay, span, month } = useWriter();
  const { precision, events, caught } = backtest;
  const hits = precision === null ? null : Math.round(backtest.notifications * precision);
  const leads = backtest.leadHours
    .filter((hours): hours is number => hours !== null)
    .toSorted((a, b) => a - b);
  const dated = (atMs: number) => `${shortDay(atMs)} ${month(atMs).slice(-4)}`;
  const days = (hours: number) => number(hours / 24, hours < 240 ? 1 : 0);
  const middle = leads[Math.floor(leads.length / 2)];
  return (
    <>
      <dl className="hindsight">
        <Figure n={String(backtest.alerts)} words={TEXTS.perWeek(number(backtest.alertsPerWeek, 1))} />
        <Figure n={String(backtest.notifications)} words={TEXTS.notifications} />
        {hits === null ? null : (
          <>
            <Figure n={String(hits)} words={<FindingMark finding="as-stated" words={TEXTS.hits} />} />
            <Figure
              n={String(backtest.notifications - hits)}
              words={<FindingMark finding="nothing" words={TEXTS.misses} />}
            />
          </>
        )}
        {events === null ? null : <Figure n={String(events - (caught ?? 0))} words={TEXTS.missed} />}
        {middle === undefined ? null : (
          <Figure
            n={days(middle)}
            words={
              <>
                {TEXTS.warning}{' '}
                <span className="mute small">
                  {days(leads[0] ?? middle)} to {days(leads.at(-1) ?? middle)}
                </span>
              </>
            }
          />
        )}
      </dl>
      {events === null ? <p className="small quiet">{TEXTS.noEvents}</p> : null}
      <p className="small mute monitor-note">
        {TEXTS.judgedOn} {dated(backtest.from)} to {dated(backtest.to)}, {number(backtest.samples, 0)}{' '}
        readings, {span(backtest.to - backtest.from)}.
      </p>
    </>
  );
}

function Figure(props: { n: string; words: React.ReactNode }) {
  return (
    <div>
      <dd>{props.n}</dd>
      <dt>{props.words}</dt>
    </div>
  );
}

/** Hours a week that the crew may spend for nothing: taken, and what this version adds. */
function Noise({ noise }: { noise: NonNullable<MonitorView['noise']> }) {
  const { budgetH, takenH, thisH } = noise;
  const scale = Math.max(budgetH, takenH + thisH, 0.01);
  const width = (hours: number) => ({ width: `${(hours / scale) * 100}%` });
  const hours = (value: number) => `${number(value, 1)} h`;
  return (
    <div className="monitor-noise">
      <p className="small quiet">
        <span>
          {TEXTS.noise}, {noise.crewName}
        </span>
        <b>{takenH + thisH <= budgetH ? TEXTS.fits : TEXTS.tight}</b>
      </p>
      <div className="monitor-noise-bar" aria-hidden="true">
        <i style={width(takenH)} />
        <i className="monitor-noise-this" style={width(thisH)} />
      </div>
      <p className="small mute">{TEXTS.noiseWords(hours(takenH), hours(budgetH), hours(thisH))}.</p>
    </div>
  );
}
