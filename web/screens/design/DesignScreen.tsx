import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { DesignChoices, MonitorRow, MonitorView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { NO_RANGE, type Signal, startOf, useJudged } from './design-data.ts';
import { Designer } from './Designer.tsx';
import { DesignSentence } from './DesignSentence.tsx';
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
          readOnly={true}
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
  const probe = useMemo(() => startOf(signal, failureModeId || 'none', NO_RANGE), [signal, failureModeId]);
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
  return <Designer monitorId={monitorId} view={null} choices={choices} start={start} onSignal={onSignal} />;
}
