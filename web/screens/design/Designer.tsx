import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DesignChoices, MonitorView } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import { number } from '../../format/number.ts';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { GateList, gateCount } from '../../parts/GateList.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { ConditionFields } from '../monitor/ChangePanel.tsx';
import { type Condition, type Definition, NO_RANGE, useJudged, useProfile } from './design-data.ts';
import { DesignChart } from './DesignChart.tsx';
import { DesignFigures } from './DesignFigures.tsx';
import { DesignSentence } from './DesignSentence.tsx';
import { EventsPanel } from './EventsPanel.tsx';
import { KeepPanel } from './KeepPanel.tsx';
import { TEXTS } from './texts.ts';
import '../monitor/monitor.css';
import './design.css';

/** Sentence, history, figures and what is kept of them; every slot that moves is judged at once. */
export function Designer(props: {
  monitorId: string;
  view: MonitorView | null;
  choices: DesignChoices;
  start: Definition;
  onSignal?: (signalId: string) => void;
}) {
  const { monitorId, view, choices, start, onSignal } = props;
  const [definition, setDefinition] = useState(start);
  const [compared, setCompared] = useState(false);
  const [again, setAgain] = useState(0);
  const { mayRun } = useRights();
  const before = view?.definition.condition ?? null;
  const judgeable = definition.failureModeId === '' ? withoutMode(definition) : definition;
  const judged = useJudged(monitorId, judgeable, compared ? before : null, again);
  const range = judged.answer?.range ?? NO_RANGE;
  const profile = useProfile(monitorId, judgeable, judged.answer?.range ?? null, again);
  const signal = choices.signals.find((one) => one.signalId === definition.signalId);
  const { condition } = definition;
  const mayKeep = mayRun(view ? 'monitor.change' : 'monitor.draft') && view?.lifecycle !== 'retired';
  const unit = signal?.unit ?? '';
  const set = (next: Definition) => {
    if (next.signalId !== definition.signalId && onSignal) onSignal(next.signalId);
    else setDefinition(next);
  };
  const onCondition = (next: Condition) => setDefinition({ ...definition, condition: next });
  return (
    <>
      <PageHead
        question={view ? TEXTS.question : TEXTS.newQuestion}
        under={TEXTS.under(shortId(monitorId), definition.name)}
        tools={<Tools view={view} before={before} unit={unit} compared={compared} onCompare={setCompared} />}
      />
      <div className="design">
        <Panel className="design-sentence">
          <h2 className="unseen">{TEXTS.why}</h2>
          <DesignSentence
            definition={definition}
            choices={choices}
            unit={unit}
            range={range}
            meaning={judged.answer?.meaning[0]}
            keepsSignal={view !== null}
            readOnly={view?.lifecycle === 'retired'}
            onDefinition={set}
          />
        </Panel>
        <div className="design-two">
          {signal && judged.answer ? (
            <DesignChart
              monitorId={monitorId}
              judgeable={judgeable}
              definition={definition}
              signal={signal}
              answer={judged.answer}
              profile={profile}
              onLimit={condition.kind === 'limit' ? (limit) => onCondition({ ...condition, limit }) : null}
            />
          ) : (
            <Panel className="design-chart">
              <p className="quiet">{judged.problem ? null : TEXTS.loading}</p>
            </Panel>
          )}
          <DesignFigures
            judged={judged}
            title={
              condition.kind === 'limit' ? TEXTS.with(`${number(condition.limit)} ${unit}`) : TEXTS.withAny
            }
            besideTitle={compared ? titleOf(before, unit) : null}
          />
        </div>
        <div className="design-two">
          <div className="design-column">
            <EventsPanel
              events={judged.answer?.events ?? []}
              failureModeId={definition.failureModeId}
              onChanged={() => setAgain(again + 1)}
            />
            <Panel title={TEXTS.fields}>
              <div className="design-fields">
                <ConditionFields
                  fields={choices.kinds.find((one) => one.kind === condition.kind)?.fields ?? []}
                  unit={unit}
                  wish={condition}
                  onWish={onCondition}
                />
              </div>
            </Panel>
          </div>
          <div className="design-column">
            {mayKeep ? (
              <KeepPanel
                monitorId={monitorId}
                definition={definition}
                isNew={view === null}
                changed={view === null || JSON.stringify(start) !== JSON.stringify(definition)}
              />
            ) : null}
            {view ? <Gate view={view} /> : null}
          </div>
        </div>
      </div>
    </>
  );
}

/** Without a failure mode nothing is known to score against; readings are judged all the same. */
function withoutMode(definition: Definition): Definition {
  return { ...definition, failureModeId: 'none' };
}

function titleOf(before: Condition | null, unit: string): string {
  return before?.kind === 'limit' ? `${TEXTS.inEffect}, ${number(before.limit)} ${unit}` : TEXTS.inEffect;
}

function Tools(props: {
  view: MonitorView | null;
  before: Condition | null;
  unit: string;
  compared: boolean;
  onCompare: (compared: boolean) => void;
}) {
  const { view, before, compared, onCompare } = props;
  if (!view) return null;
  const beside = before?.kind === 'limit' ? TEXTS.beside(number(before.limit)) : TEXTS.besideAny;
  return (
    <>
      <Segments
        name={TEXTS.versions}
        options={[
          { id: 'beside', words: beside },
          { id: 'alone', words: TEXTS.alone },
        ]}
        chosen={compared ? 'beside' : 'alone'}
        onChoose={(id) => onCompare(id === 'beside')}
      />
      <Button component="a" href={`/monitor/${view.monitorId}`} variant="default">
        {TEXTS.page}
      </Button>
    </>
  );
}

function Gate({ view }: { view: MonitorView }) {
  const items = view.gate.map((one) => ({
    id: one.code,
    met: one.met,
    words: one.title,
    mend: one.mend,
    code: one.code,
  }));
  const met = items.filter((item) => item.met);
  return (
    <Panel title={TEXTS.gate} aside={gateCount(items)}>
      <GateList items={items.filter((item) => !item.met)} />
      <details className="monitor-met">
        <summary>{TEXTS.met(met.length)}</summary>
        <GateList items={met} />
      </details>
    </Panel>
  );
}
