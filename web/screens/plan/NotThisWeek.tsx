import type { WeekView } from '../../../src/api/contract.ts';
import { useWriter } from '../../format/plant.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { dayOfPlan, withDays } from '../work/days.ts';
import { Job } from './WeekBoard.tsx';
import { TEXTS } from './texts.ts';

/** What waits outside this week, what it puts at risk, and the sentence why. */
export function NotThisWeek({ view }: { view: WeekView }) {
  const { money } = useWriter();
  return (
    <Panel title={TEXTS.notThisWeek} aside={String(view.notThisWeek.length)} className="not-week">
      {view.notThisWeek.length === 0 ? (
        <p className="quiet">{TEXTS.noneLeft}</p>
      ) : (
        <ul className="stack">
          {view.notThisWeek.map(({ job, because, dayMs }) => (
            <li key={job.orderId ?? job.draftId}>
              <Job job={job} nowMs={view.nowMs} />
              <p className="small quiet">
                {withDays(because)} {dayMs === null ? 'No day yet.' : `Planned for ${dayOfPlan(dayMs)}.`}{' '}
                {job.atRiskMinor === null
                  ? 'No risk in money is known.'
                  : `${money(job.atRiskMinor)} at risk until then.`}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
