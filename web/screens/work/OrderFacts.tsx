import type { OrderView } from '../../../src/api/contract.ts';
import { useSeries } from '../../data/series.ts';
import { number } from '../../format/number.ts';
import { readingShown } from '../../format/reading.ts';
import { usePlantNow, useWriter } from '../../format/plant.tsx';
import { DAY_MS, HOUR_MS, hours } from '../../format/time.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Sparkline } from '../../parts/Sparkline.tsx';
import { Value } from '../../parts/Value.tsx';
import { LookFor } from './CasePanels.tsx';
import { dayOfPlan } from './days.ts';
import { TEXTS } from './texts.ts';

const SPARK_POINTS = 60;
const SPARK_MS = 7 * DAY_MS;

/** Why one goes there, what to look for, what to do and to take: on one page, in the order of the work. */
export function OrderFacts({ view }: { view: OrderView }) {
  return (
    <div className="order">
      <ReadingPanel view={view} />
      <Panel title={TEXTS.lookFor}>
        <LookFor trueIf={view.trueIf} falseIf={view.falseIf} />
      </Panel>
      <Panel title={TEXTS.orderSteps} aside={`${view.crewName}, ${hours(view.durationH * view.people)}`}>
        <ol className="order-steps">
          {view.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <dl className="order-facts">
          <div>
            <dt>Day</dt>
            <dd>{dayOfPlan(view.dayMs)}</dd>
          </div>
          <div>
            <dt>People</dt>
            <dd>
              {view.people} for {hours(view.durationH)}
            </dd>
          </div>
          <div>
            <dt>Line stop</dt>
            <dd>{view.needsStop ? hours(view.plannedDowntimeH) : 'none'}</dd>
          </div>
        </dl>
      </Panel>
      <Panel title={TEXTS.takeWith}>
        {view.parts.length === 0 ? (
          <p className="quiet">{TEXTS.noParts}</p>
        ) : (
          <ul className="order-parts">
            {view.parts.map((part) => (
              <li key={part.number}>
                <b>{part.name}</b>
                <span className="mute">{part.number}</span>
                <span className="right">{part.quantity} pcs</span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}

function ReadingPanel({ view }: { view: OrderView }) {
  const { money, shortDay } = useWriter();
  const nowMs = usePlantNow(60_000);
  const toMs = Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  const series = useSeries(view.signalId, toMs - SPARK_MS, toMs, SPARK_POINTS);
  const { limit } = view;
  return (
    <Panel>
      <div className="order-reading">
        <Value reading={readingShown(view.reading)} large />
        {limit ? (
          <span className="small quiet right">
            limit {number(limit.value)} {limit.unit} since {shortDay(view.sinceMs)}
          </span>
        ) : null}
      </div>
      {series.data ? (
        <Sparkline
          values={series.data.value}
          {...(limit ? { limit: limit.value } : {})}
          priority={view.priority}
          width={300}
          height={60}
          stretch
        />
      ) : null}
      <p className="quiet">
        Finish by{' '}
        <b>
          {view.finishPrecision === 'week' ? 'about ' : ''}
          {dayOfPlan(view.latestFinishMs)}
        </b>
        .{view.stopCostMinor === null ? '' : ` A failure would cost ${money(view.stopCostMinor)}.`}
      </p>
    </Panel>
  );
}
