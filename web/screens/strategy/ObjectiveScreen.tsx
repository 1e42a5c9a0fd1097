import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ObjectiveView, StrategyView } from '../../../src/api/contract.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { readStrategy } from '../../frame/session.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { BaselineForm } from './BaselineForm.tsx';
import { LineWeeks } from './LineWeeks.tsx';
import { ObjectiveForm } from './ObjectiveForm.tsx';
import { ObjectiveWay } from './ObjectiveWay.tsx';
import { TEXTS } from './objective-texts.ts';
import './objective.css';

/** Address of the page on which an objective is set. */
const NEW = 'new';

/** One objective with everything that is measured against it. */
export function ObjectiveScreen() {
  const { objectiveId = '' }: { objectiveId?: string } = useParams({ strict: false });
  const strategy = useQuery(readStrategy);
  const found = strategy.data?.objectives.find((one) => one.objectiveId === objectiveId);
  return (
    <>
      <PageHead question={found ? TEXTS.question(found.name) : TEXTS.newQuestion} under={TEXTS.under} />
      <Answered query={strategy} rows={8}>
        {(view) =>
          found || objectiveId === NEW ? (
            <Body key={objectiveId} view={view} objective={found ?? null} />
          ) : (
            <Failure title={TEXTS.missing} mend={TEXTS.missingMend} code="E-WEB-007" />
          )
        }
      </Answered>
    </>
  );
}

function Body({ view, objective }: { view: StrategyView; objective: ObjectiveView | null }) {
  const { mayRun } = useRights();
  return (
    <div className="objective-page">
      {objective ? <Standing objective={objective} /> : null}
      {mayRun('strategy.set-objective') ? <ObjectiveForm objective={objective} /> : null}
      {objective && mayRun('strategy.freeze-baseline') ? <BaselineForm objective={objective} /> : null}
      {objective && mayRun('strategy.set-line-state') ? <LineWeeks view={view} /> : null}
    </div>
  );
}

function Standing({ objective }: { objective: ObjectiveView }) {
  const { longDay } = useWriter();
  const { frozen } = objective;
  return (
    <Panel title={TEXTS.way} aside={frozen ? TEXTS.frozen(longDay(frozen.atMs)) : TEXTS.notFrozen}>
      <ObjectiveWay objective={objective} />
      <p className="small quiet">
        {objective.baseline === null ? TEXTS.noBaseline : `${number(objective.baseline)} ${objective.unit}`}
        {frozen ? `, ${TEXTS.frozenOf(longDay(frozen.fromMs), longDay(frozen.toMs), frozen.imports)}` : ''}.{' '}
        {objective.now === null ? `Now: ${TEXTS.notMeasured}.` : ''}
      </p>
    </Panel>
  );
}
