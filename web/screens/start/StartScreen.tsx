import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import type { StartMachine, StartView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { useStanding } from '../../frame/standing.tsx';
import { GapList } from '../../parts/GapList.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { ChooseStep } from './ChooseStep.tsx';
import { MachinesStep } from './MachinesStep.tsx';
import { PlantStep } from './PlantStep.tsx';
import { TenAnswers } from './TenAnswers.tsx';
import { TEXTS } from './texts.ts';
import { TrialStep } from './TrialStep.tsx';
import './start.css';

type StepWord = StartView['steps'][number]['word'];

export const readStart = reading<StartView>('strategy', '/api/v1/strategy/start', 'start');

/** From an empty page to a first monitor on trial; one thing at a time, and nothing that is skipped is lost. */
export function StartScreen() {
  useStanding('strategy');
  const start = useQuery(readStart);
  return (
    <>
      <PageHead question={TEXTS.question} under={TEXTS.under} />
      <Answered query={start} rows={8}>
        {(view) => <Body view={view} />}
      </Answered>
    </>
  );
}

function Body({ view }: { view: StartView }) {
  const { mayRun } = useRights();
  const router = useRouter();
  const search: { asset?: string; step?: string } = useSearch({ strict: false });
  const machine = view.machines.find((one) => one.assetId === search.asset);
  const go = (next: { asset?: string; step?: string }) => {
    const query = new URLSearchParams(Object.entries(next)).toString();
    router.history.push(query === '' ? '/start' : `/start?${query}`);
  };
  const at = stepAt(view, machine, search.step);
  if (!mayRun('strategy.register-asset')) {
    return (
      <div className="start">
        <Empty title={TEXTS.mayNot} because={TEXTS.mayNotBecause}>
          <span>{TEXTS.mayNotNext}</span>
        </Empty>
        <Gaps view={view} />
      </div>
    );
  }
  return (
    <div className="start">
      <Steps view={view} at={at} />
      <div className="start-main">
        {at === 'plant' ? <PlantStep onLater={() => go({ step: 'machines' })} /> : null}
        {at === 'machines' ? <MachinesStep onKept={() => go({ step: 'choose' })} /> : null}
        {at === 'choose' ? (
          <ChooseStep
            machines={view.machines}
            onBegin={(assetId) => go({ asset: assetId })}
            onMore={() => go({ step: 'machines' })}
          />
        ) : null}
        {at === 'answers' && machine ? (
          <TenAnswers
            key={machine.assetId}
            machine={machine}
            view={view}
            onOther={() => go({ step: 'choose' })}
            onStarted={() => go({ asset: machine.assetId, step: 'trial' })}
          />
        ) : null}
        {at === 'trial' && machine ? (
          <TrialStep machine={machine} onOther={() => go({ step: 'choose' })} />
        ) : null}
        <Gaps view={view} />
      </div>
    </div>
  );
}

/** What the address asks for, where that can be; else the first step that is open. */
function stepAt(view: StartView, machine: StartMachine | undefined, asked: string | undefined): StepWord {
  if (machine) return asked === 'trial' ? 'trial' : 'answers';
  if (asked === 'machines' || asked === 'choose' || asked === 'plant') return asked;
  if (!view.plantDescribed && view.machines.length === 0) return 'plant';
  return view.machines.length === 0 ? 'machines' : 'choose';
}

const ORDER: readonly StepWord[] = ['plant', 'machines', 'choose', 'answers', 'trial', 'label'];

function Steps({ view, at }: { view: StartView; at: StepWord }) {
  const shown = ORDER.flatMap((word) => view.steps.find((step) => step.word === word) ?? []);
  return (
    <ol className="start-steps" aria-label={TEXTS.steps}>
      {shown.map((step) => (
        <li
          key={step.word}
          className={step.done ? 'start-step start-done' : 'start-step'}
          aria-current={step.word === at ? 'step' : undefined}
        >
          <span className="start-stop">{step.done ? <Icon name="tick" size={12} /> : null}</span>
          <span>
            <b>{TEXTS.stepWords[step.word]}</b>
            <span className="small mute">{step.detail}</span>
            <span className="unseen">{step.done ? TEXTS.done : TEXTS.open}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function Gaps({ view }: { view: StartView }) {
  return (
    <Panel title={TEXTS.gaps} aside={view.gapsLeft > 0 ? TEXTS.moreGaps(view.gapsLeft) : null}>
      <GapList gaps={view.gaps} empty={<Empty title={TEXTS.noGaps} because={TEXTS.noGapsBecause} />} />
    </Panel>
  );
}
