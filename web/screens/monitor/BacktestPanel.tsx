import type { MonitorView } from '../../../src/api/contract.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { FindingMark } from '../../parts/FindingMark.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { TEXTS } from './texts.ts';

type Backtest = NonNullable<MonitorView['backtest']>;

/** What the version in work would have done on history, and what that costs the crew. */
export function BacktestPanel({ view }: { view: MonitorView }) {
  const { backtest } = view;
  const { limit } = view.inWork;
  const title = limit ? TEXTS.with(`${number(limit.value)} ${limit.unit}`) : TEXTS.withAny;
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
      {backtest ? <Figures backtest={backtest} /> : <NotJudged />}
      {view.noise ? <Noise noise={view.noise} /> : null}
    </Panel>
  );
}

function NotJudged() {
  return (
    <p className="small quiet">
      <b>{TEXTS.noBacktest}</b> {TEXTS.noBacktestBecause}
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
      <dl className="figures">
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
