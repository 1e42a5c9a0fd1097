import type { ObjectiveResult } from '../../../src/api/contract.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { useNames } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Nobody, Person } from '../../parts/Person.tsx';
import { TEXTS } from './texts.ts';

/** Baseline, now and target of each objective; where nothing is measured yet, it says so. */
export function ObjectiveResults({ objectives }: { objectives: readonly ObjectiveResult[] }) {
  const nameOf = useNames();
  const { month } = useWriter();
  if (objectives.length === 0) return null;
  return (
    <Panel title={TEXTS.objectives} aside="Baseline, now, target">
      <ul className="objectives">
        {objectives.map((objective) => (
          <li key={objective.objectiveId}>
            <span className="objective-name">
              <b>{objective.name}</b>
              <span className="small mute">{objective.unit}</span>
            </span>
            {objective.accountable ? (
              <Person name={nameOf(objective.accountable)} answers />
            ) : (
              <Nobody href="/strategy" />
            )}
            <ObjectiveEnds objective={objective} />
            <span>
              {objective.dueMs === null ? <span className="mute">no date</span> : month(objective.dueMs)}
            </span>
            <span className="small quiet">
              {objective.now === null ? null : (
                <>
                  now <b>{number(objective.now, objective.now < 100 ? 1 : 0)}</b> {objective.unit}{' '}
                </>
              )}
              {objective.words}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** No ring between the ends: what orders tell is a part of the plant's figure, and a bar would compare it with all of it. */
function ObjectiveEnds({ objective }: { objective: ObjectiveResult }) {
  const { baseline, target, name, unit } = objective;
  if (baseline === null || target === null) return <span className="mute small">no baseline yet</span>;
  return (
    <div
      className="kpi"
      role="img"
      aria-label={`${name}: baseline ${number(baseline)}, target ${number(target)} ${unit}`}
    >
      <span className="kpi-end right">{number(baseline)}</span>
      <span className="kpi-track" />
      <b className="kpi-end">{number(target)}</b>
    </div>
  );
}
