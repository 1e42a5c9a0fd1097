import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { DesignChoices, MonitorRow, MonitorView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { shortId } from '../../format/id.ts';
import { number } from '../../format/number.ts';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { GateList, gateCount } from '../../parts/GateList.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { ConditionFields } from '../monitor/ChangePanel.tsx';
import {
  type Condition,
  type Definition,
  type Signal,
  startOf,
  useJudged,
  useProfile,
} from './design-data.ts';
import { DesignChart } from './DesignChart.tsx';
import { DesignFigures } from './DesignFigures.tsx';
import { DesignSentence } from './DesignSentence.tsx';
import { EventsPanel } from './EventsPanel.tsx';
import { KeepPanel } from './KeepPanel.tsx';
import { TEXTS } from './texts.ts';
import '../monitor/monitor.css';
import './design.css';

const readChoices = reading<DesignChoices>('monitor', '/api/v1/monitor/design/choices', 'design', 'choices');

/** A monitor in one sentence, judged on history while it is being written. */
export function DesignScreen() {
  const { monitorId }: { monitorId?: string } = useParams({ strict: false });
  return monitorId === undefined ? <NewMonitor /> : <ExistingMonitor monitorId={monitorId} />;
}

function ExistingMonitor({ monitorId }: { monitorId: string }) {
  const choices = useQuery(readChoices);
  const monitor = useQuery(
    reading<MonitorView>('monitor', `/api/v1/monitor/${encodeURIComponent(monitorId)}`, monitorId),
  );
  return (
    <Answered query={monitor} rows={10}>
      {(view) => (
        <Answered query={choices} rows={10}>
          {(found) => (
            <Designer
              key={`${monitorId}:${view.inWork.version}`}
              monitorId={monitorId}
              view={view}
              choices={found}
              start={{ ...view.definition, condition: view.inWork.condition }}
            />
          )}
        </Answered>
      )}
    </Answered>
  );
}

/** Before a signal is chosen there is nothing to judge. */
function NewMonitor() {
  const choices = useQuery(readChoices);
  const rows = useQuery(reading<MonitorRow[]>('monitor', '/api/v1/monitor'));
  const [signalId, setSignalId] = useState('');
  return (
    <Answered query={choices} rows={10}>
      {(found) => {
        const signal = found.signals.find((one) => one.signalId === signalId) ?? null;
        const site = (found.signals[0]?.signalId ?? '').split('.')[0] ?? '';
        if (!signal) return <ChooseSignal choices={found} onSignal={setSignalId} />;
        return (
          <StartedMonitor
            key={signalId}
            monitorId={freeId(site, rows.data ?? [])}
            choices={found}
            signal={signal}
            onSignal={setSignalId}
          />
        );
      }}
    </Answered>
  );
}

function freeId(site: string, rows: readonly MonitorRow[]): string {
  const taken = new Set(rows.map((row) => row.monitorId));
  for (let n = 1; ; n++) {
    const made = `${site}.M-${String(n).padStart(2, '0')}`;
    if (!taken.has(made)) return made;
  }
}

const NO_RANGE = { low: 0, high: 100 };

function ChooseSignal(props: { choices: DesignChoices; onSignal: (signalId: string) => void }) {
  const { choices, onSignal } = props;
  const empty = { ...EMPTY, signalId: '', failureModeId: '' };
  return (
    <>
      <PageHead question={TEXTS.newQuestion} under={TEXTS.newUnder} />
      <Panel className="design-sentence">
        <h2 className="unseen">{TEXTS.why}</h2>
        <DesignSentence
          definition={empty}
          choices={choices}
          unit=""
          range={NO_RANGE}
          meaning={undefined}
          keepsSignal={false}
          readOnly={false}
          onDefinition={(next) => onSignal(next.signalId)}
        />
      </Panel>
    </>
  );
}

const EMPTY = startOf(
  {
    ...{ signalId: '', name: '', unit: '', assetId: '', assetName: '', usualIntervalMs: 60_000 },
    starting: {
      quantity: 'other',
      deadbandShare: 0.02,
      deadbandOf: 'span',
      onDelayMs: 60_000,
      offDelayMs: 60_000,
      nOfM: null,
      rung: 'walk-by',
    },
  },
  '',
  NO_RANGE,
);

/** The first look at the readings says where the limit may stand; only then the designer opens. */
function StartedMonitor(props: {
  monitorId: string;
  choices: DesignChoices;
  signal: Signal;
  onSignal: (signalId: string) => void;
}) {
  const { monitorId, choices, signal, onSignal } = props;
  const failureModeId =
    choices.failureModes.find((one) => one.assetId === signal.assetId)?.failureModeId ?? '';
  const probe = useMemo(
    () => startOf(signal, failureModeId || 'none', NO_RANGE),
    [signal, failureModeId],
  );
  const looked = useJudged(monitorId, probe, null, 0);
  if (!looked.answer && !looked.problem) {
    return (
      <>
        <PageHead question={TEXTS.newQuestion} under={TEXTS.newUnder} />
        <p className="quiet">{TEXTS.loading}</p>
      </>
    );
  }
  const start = startOf(signal, failureModeId, looked.answer?.range ?? NO_RANGE);
  return (
    <Designer monitorId={monitorId} view={null} choices={choices} start={start} onSignal={onSignal} />
  );
}

function Designer(props: {
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
              onLimit={
                condition.kind === 'limit'
                  ? (limit) => onCondition({ ...condition, limit })
                  : null
              }
            />
          ) : (
            <Panel className="design-chart">
              <p className="quiet">{judged.problem ? null : TEXTS.loading}</p>
            </Panel>
          )}
          <DesignFigures
            judged={judged}
            title={
              condition.kind === 'limit'
                ? TEXTS.with(`${number(condition.limit)} ${unit}`)
                : TEXTS.withAny
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
