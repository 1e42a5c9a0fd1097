import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { WeekView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { DAY_MS, hours } from '../../format/time.ts';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { Empty } from '../../parts/states.tsx';
import { dayOfPlan, shortDayOfPlan } from '../work/days.ts';
import { NotThisWeek } from './NotThisWeek.tsx';
import { WeekBoard } from './WeekBoard.tsx';
import { TEXTS } from './texts.ts';
import '../work/case.css';
import './plan.css';

const WEEK_MS = 7 * DAY_MS;

/** The week by crew and day, what it costs not to do, and why something is not in it. */
export function PlanScreen() {
  const [atMs, setAt] = useState<number | null>(null);
  const path = atMs === null ? '/api/v1/plan' : `/api/v1/plan?atMs=${atMs}`;
  const week = useQuery({ ...reading<WeekView>('plan', path), placeholderData: keepPreviousData });
  const start = week.data?.weekStartMs ?? 0;
  return (
    <>
      <PageHead
        question={week.data ? questionOf(week.data) : TEXTS.thisWeek}
        under={
          week.data
            ? `Week ${week.data.week}, ${shortDayOfPlan(start)} to ${dayOfPlan(start + WEEK_MS - DAY_MS)}.`
            : null
        }
        tools={
          <>
            <Button disabled={!week.data} onClick={() => setAt(start - WEEK_MS)}>
              {TEXTS.before}
            </Button>
            <Button disabled={!week.data} onClick={() => setAt(start + WEEK_MS)}>
              {TEXTS.after}
            </Button>
          </>
        }
      />
      <Answered query={week} rows={10}>
        {(view) => (
          <>
            <Figures view={view} />
            {view.crews.length === 0 ? (
              <Empty title={TEXTS.noCrews} because={TEXTS.noCrewsBecause} />
            ) : (
              <div className="plan">
                <WeekBoard view={view} />
                <NotThisWeek view={view} />
              </div>
            )}
          </>
        )}
      </Answered>
    </>
  );
}

function questionOf({ nowMs, weekStartMs }: WeekView): string {
  if (nowMs >= weekStartMs + WEEK_MS) return TEXTS.otherWeek;
  if (nowMs >= weekStartMs) return TEXTS.thisWeek;
  return nowMs >= weekStartMs - WEEK_MS ? TEXTS.nextWeek : TEXTS.otherWeek;
}

function Figures({ view }: { view: WeekView }) {
  const { money } = useWriter();
  const reserve = view.crews.flatMap((crew) => crew.days).reduce((sum, day) => sum + day.reserveH, 0);
  const share = view.capacityH > 0 ? Math.round((reserve / view.capacityH) * 100) : 0;
  const figures = [
    {
      label: TEXTS.risk,
      value: `${money(view.atRiskBeforeMinor)} → ${money(view.atRiskAfterMinor)}`,
      note: 'when the week is done as planned',
    },
    {
      label: TEXTS.hours,
      value: `${number(view.plannedH)} of ${number(view.capacityH)} h`,
      note: `${share} % kept free for break-ins`,
    },
    {
      label: TEXTS.dates,
      value: `${view.finishDates.kept} of ${view.finishDates.of}`,
      note: view.finishDates.kept === view.finishDates.of ? 'none is late' : 'the others are late',
    },
    {
      label: TEXTS.left,
      value: String(view.notThisWeek.length),
      note: view.notThisWeek.length === 0 ? 'nothing waits outside' : `${hours(outside(view))} of work`,
    },
  ];
  return (
    <dl className="panel plan-figures">
      {figures.map((figure) => (
        <div key={figure.label}>
          <dt className="small mute">{figure.label}</dt>
          <dd>
            <b>{figure.value}</b>
            <span className="small quiet">{figure.note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function outside(view: WeekView): number {
  return view.notThisWeek.reduce((sum, { job }) => sum + job.workH, 0);
}
