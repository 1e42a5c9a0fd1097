import { type KeyboardEvent, useState } from 'react';
import type { CrewDay, PlannedJob, WeekView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { hours } from '../../format/time.ts';
import { useNames, useRights } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Face } from '../../parts/Person.tsx';
import { PriorityBadge } from '../../parts/PriorityBadge.tsx';
import { Failure } from '../../parts/states.tsx';
import { DayForm } from '../work/DecisionForms.tsx';
import { dayOfPlan, dayStart } from '../work/days.ts';
import { TEXTS } from './texts.ts';

/** Crews one under the other, each with its days; on a phone the days stand one under the other too. */
export function WeekBoard({ view }: { view: WeekView }) {
  const nameOf = useNames();
  return (
    <div className="stack plan-crews">
      {view.crews.map((crew) => (
        <Panel
          key={crew.crewId}
          title={crew.name}
          aside={
            <span className="plan-people">
              {crew.craft}
              {crew.technicians.map((personId) => (
                <span key={personId} title={nameOf(personId)}>
                  <Face name={nameOf(personId)} />
                  <span className="unseen">{nameOf(personId)}</span>
                </span>
              ))}
            </span>
          }
        >
          <ol className="week">
            {crew.days.filter(isShown).map((day) => (
              <Day key={day.dayMs} day={day} nowMs={view.nowMs} />
            ))}
          </ol>
        </Panel>
      ))}
    </div>
  );
}

/** A day off without work needs no column. */
function isShown(day: CrewDay): boolean {
  return day.capacityH > 0 || day.jobs.length > 0;
}

function Day({ day, nowMs }: { day: CrewDay; nowMs: number }) {
  const today = day.dayMs === dayStart(nowMs);
  const off = day.capacityH === 0 && day.jobs.length === 0;
  return (
    <li className={today ? 'week-day week-today' : 'week-day'} aria-current={today ? 'date' : undefined}>
      <h3>{dayOfPlan(day.dayMs)}</h3>
      {off ? <p className="small mute">{TEXTS.nobody}</p> : <Capacity day={day} />}
      {day.jobs.map((job) => (
        <Job key={job.orderId ?? job.draftId} job={job} nowMs={nowMs} />
      ))}
      {!off && day.jobs.length === 0 ? <p className="small mute week-free">{TEXTS.noJob}</p> : null}
    </li>
  );
}

/** Used solid, kept free hatched, too much past the end with the hours in words. */
function Capacity({ day }: { day: CrewDay }) {
  const over = day.plannedH - day.capacityH;
  const whole = Math.max(day.capacityH, day.plannedH, 0.1);
  const words = `${number(day.plannedH)} of ${number(day.capacityH)} h`;
  return (
    <div className="capacity">
      <span className="small quiet">
        {words}
        {over > 0 ? <b>{`, ${number(over)} h too much`}</b> : null}
      </span>
      <span className="capacity-bar" aria-hidden="true">
        <i className="capacity-used" style={{ width: `${(day.plannedH / whole) * 100}%` }} />
        <i
          className="capacity-free hatched"
          style={{
            left: `${((day.capacityH - day.reserveH) / whole) * 100}%`,
            width: `${(day.reserveH / whole) * 100}%`,
          }}
        />
      </span>
    </div>
  );
}

/** One job; `M` or its button opens the list of days it can go to. */
export function Job({ job, nowMs }: { job: PlannedJob; nowMs: number }) {
  const { money } = useWriter();
  const { mayRun } = useRights();
  const command = useCommand();
  const [moving, setMoving] = useState(false);
  const { orderId } = job;
  const movable =
    orderId !== null && mayRun('plan.reschedule-order') && ['created', 'released'].includes(job.state);
  const href = orderId ? `/work/order/${orderId}` : `/work/case/${job.caseId}`;
  const onKey = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'm' || event.target !== event.currentTarget || !movable) return;
    event.preventDefault();
    setMoving(true);
  };
  const close = () => {
    setMoving(false);
    command.clear();
  };
  const send = async (dayMs: number, reason: string) => {
    const path = `/api/v1/plan/order/${encodeURIComponent(orderId ?? '')}/reschedule`;
    if (await command.run(path, { dayMs, reason })) setMoving(false);
  };
  const done = job.state === 'finished';
  return (
    // The row takes the keys of the whole product: j and k come here, Enter opens, M moves.
    <article
      className={job.atRiskMinor && !done ? 'job job-risk' : 'job'}
      data-row=""
      tabIndex={-1}
      onKeyDown={onKey}
      aria-label={job.name}
    >
      <span className="job-head">
        <PriorityBadge priority={job.priority} size={16} wordless />
        <a href={href} data-open="">
          {job.name}
        </a>
      </span>
      <span className="small quiet">{`${job.assetName}, ${hours(job.workH)}`}</span>
      <span className="small quiet">{done ? 'finished' : standingOf(job, nowMs, money)}</span>
      {job.state === 'proposed' ? (
        <a className="link small" href={href}>
          {TEXTS.decide}
        </a>
      ) : null}
      {movable && !moving ? (
        <button type="button" className="link small job-move" onClick={() => setMoving(true)}>
          {TEXTS.move}
        </button>
      ) : null}
      {moving ? (
        <DayForm
          nowMs={nowMs}
          latestFinishMs={job.latestFinishMs}
          busy={command.busy}
          onCancel={close}
          onSend={(dayMs, reason) => void send(dayMs, reason)}
        />
      ) : null}
      {command.refusal ? <Failure {...command.refusal} /> : null}
    </article>
  );
}

function standingOf(job: PlannedJob, nowMs: number, money: (minor: number) => string): string {
  const risk = job.atRiskMinor ? `, ${money(job.atRiskMinor)} at risk` : '';
  const finish =
    job.latestFinishMs < nowMs ? 'past its finish date' : `finish by ${dayOfPlan(job.latestFinishMs)}`;
  return `${job.state}${risk}, ${finish}`;
}
