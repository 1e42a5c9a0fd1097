import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SourcesView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { reading } from '../../data/queries.ts';
import { count, counted } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { Imports } from './Imports.tsx';
import { SignalTable, UnclaimedTable, UnreadableTable } from './tables.tsx';
import { TEXTS } from './texts.ts';
import '../plan/plan.css';
import '../work/case.css';
import '../work/work.css';
import './acquire.css';

/** Readings are no facts, so nothing tells that new ones came. */
const AGAIN_MS = 5_000;

/** Sources, what they bring, what nobody asked for, and how far behind all of it is. */
export function AcquireScreen() {
  const sources = useQuery({
    ...reading<SourcesView>('acquire', '/api/v1/acquire'),
    refetchInterval: AGAIN_MS,
  });
  return (
    <>
      <PageHead
        question={TEXTS.question}
        under={
          sources.data
            ? `${counted(sources.data.signals.length, 'signal', 'signals')} claimed, ${counted(sources.data.unclaimed.length, 'topic', 'topics')} unclaimed.`
            : null
        }
      />
      <Answered query={sources} rows={10}>
        {(view) => (
          <div className="acquire">
            {view.blocked ? (
              <Failure
                title={view.blocked.code.startsWith('E-CLOCK') ? TEXTS.clock : TEXTS.blocked}
                detail={view.blocked.message}
                mend={view.blocked.mend}
                code={view.blocked.code}
              />
            ) : null}
            {view.blocked?.code === 'E-CLOCK-002' ? <ConfirmClock /> : null}
            {view.archiveRestarts > 0 ? (
              <p className="small quiet">{TEXTS.startedAgain(view.archiveRestarts)}</p>
            ) : null}
            <Figures view={view} />
            <Panel title={TEXTS.signals} aside={<Kept view={view} />}>
              <SignalTable rows={view.signals} nowMs={view.nowMs} />
            </Panel>
            <Imports rows={view.imports} />
            <Panel title={TEXTS.unclaimed} aside={TEXTS.unclaimedNote}>
              <UnclaimedTable rows={view.unclaimed} />
            </Panel>
            <Panel title={TEXTS.unreadable} aside={TEXTS.unreadableNote}>
              <UnreadableTable rows={view.malformed} />
            </Panel>
            <Refused view={view} />
          </div>
        )}
      </Answered>
    </>
  );
}

/** An administrator may say that the clock's new time is right; else it is taken when it has lasted. */
function ConfirmClock() {
  const { mayRun } = useRights();
  const { run, busy, refusal } = useCommand();
  if (!mayRun('acquire.accept-clock')) return null;
  return (
    <div>
      <Button variant="default" disabled={busy} onClick={() => void run('/api/v1/acquire/accept-clock')}>
        {TEXTS.confirmClock}
      </Button>
      {refusal ? <Failure {...refusal} /> : null}
    </div>
  );
}

/** What is stored, for how long, and what is gone already. */
function Kept({ view }: { view: SourcesView }) {
  const { shortDay, month } = useWriter();
  const { expiredBeforeMs, rawDays } = view;
  const gone =
    expiredBeforeMs === null
      ? ''
      : ` ${TEXTS.expired(`${shortDay(expiredBeforeMs)} ${month(expiredBeforeMs).slice(-4)}`)}`;
  return (
    <>
      {TEXTS.signalsNote} {TEXTS.kept(rawDays)}
      {gone}
    </>
  );
}

function Figures({ view }: { view: SourcesView }) {
  const { span } = useWriter();
  const { broker } = view;
  const figures: { label: string; value: ReactNode; note: string }[] = [
    {
      label: TEXTS.broker,
      value: broker ? `${broker.host}:${broker.port}` : TEXTS.noBroker,
      note: broker ? `MQTT, ${broker.connected} ${TEXTS.devices}` : 'Readings come by file only.',
    },
    {
      label: TEXTS.behind,
      value: view.lagMs === null ? TEXTS.notBehind : span(view.lagMs),
      note: 'worst of all devices',
    },
    {
      label: TEXTS.waiting,
      value: count(view.waiting),
      note: view.waiting === 0 ? 'none waits' : 'to be written',
    },
    {
      label: TEXTS.unclaimedCount,
      value: count(view.unclaimed.length),
      note: `${count(view.unclaimed.reduce((sum, topic) => sum + topic.count, 0))} messages`,
    },
  ];
  return (
    <dl className="panel plan-figures acquire-figures">
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

/** Empty machinery hides: these stand here only when something was refused or set aside. */
function Refused({ view }: { view: SourcesView }) {
  return (
    <>
      {view.refused.length > 0 ? (
        <Panel title={TEXTS.refused}>
          <ul className="case-rows">
            {view.refused.map((one) => (
              <li key={one.reason}>
                <span>{one.reason}</span>
                <span />
                <b>{counted(one.count, 'time', 'times')}</b>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {view.setAside.length > 0 ? (
        <Panel title={TEXTS.setAside} aside={TEXTS.setAsideNote}>
          <ul className="case-rows">
            {view.setAside.map((one) => (
              <li key={one.intakeSeq}>
                <b>Input {one.intakeSeq}</b>
                <span>{one.message}</span>
                <span className="state-code">{one.code}</span>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </>
  );
}
