import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MonitorView } from '../../../src/api/contract.ts';
import { type CommandHandle, useCommand } from '../../data/command.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { useNames } from '../../frame/people.ts';
import { type GateItem, gateCount, GateList } from '../../parts/GateList.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Person } from '../../parts/Person.tsx';
import { Failure } from '../../parts/states.tsx';
import { type Step, useSteps } from './steps.ts';
import { TEXTS } from './texts.ts';

/** What is met, what is missing and who can supply it; below, the steps that the person who looks may take. */
export function GatePanel(props: { view: MonitorView; onChange: (() => void) | null; changing: boolean }) {
  const { view } = props;
  const items = useGateItems(view);
  const live = view.lifecycle === 'live';
  return (
    <Panel
      title={live ? TEXTS.live_gate : TEXTS.before_live}
      aside={gateCount(items)}
      className="monitor-gate"
    >
      <InWork view={view} />
      <GateList items={items.filter((item) => !item.met)} />
      <details className="monitor-met">
        <summary>{TEXTS.met(items.filter((item) => item.met).length)}</summary>
        <GateList items={items.filter((item) => item.met)} />
      </details>
      <Signatures view={view} />
      <Steps {...props} />
    </Panel>
  );
}

/** Conditions whose detail begins with an amount in minor units. */
const MONEY = new Set(['E-GATE-204', 'E-GATE-218']);

/** An id that was made for a person, at an invitation or on the seat of a plan. */
const OPAQUE = /^p-[0-9a-f]{16,20}$/;

/** Missing items first: they are what somebody can do something about. */
function useGateItems(view: MonitorView): GateItem[] {
  const name = useNames();
  const { money } = useWriter();
  const site = view.monitorId.slice(0, view.monitorId.indexOf('.') + 1);
  /** A detail may name people by id. */
  const named = (text: string) =>
    text
      .split(/([\w-]+(?:\.[\w-]+)?)/)
      .map((part) => (part.startsWith(site) || OPAQUE.test(part) ? name(part) : part))
      .join('');
  const items = view.gate.map((one): GateItem => {
    const shown = MONEY.has(one.code)
      ? one.detail.replace(/^\d+/, (minor) => money(Number(minor)))
      : one.detail;
    const detail = named(shown);
    return {
      id: one.code,
      met: one.met,
      words: one.title,
      who: one.met ? detail : one.who,
      mend: one.detail && one.detail !== 'missing' ? `${detail}. ${one.mend}` : one.mend,
      code: one.code,
    };
  });
  return items.toSorted((a, b) => Number(a.met) - Number(b.met));
}

/** The version that waits beside the one in effect. */
function InWork({ view }: { view: MonitorView }) {
  const { inWork } = view;
  if (inWork.version === view.version || !inWork.limit) return null;
  const limit = `${number(inWork.limit.value)} ${inWork.limit.unit}`;
  return (
    <p className="small quiet monitor-inwork">
      <b>{TEXTS.workVersion(inWork.version, limit)}</b>, {TEXTS.workBecause} {inWork.reason}.
    </p>
  );
}

function Signatures({ view }: { view: MonitorView }) {
  const name = useNames();
  const { dateTime } = useWriter();
  const { proposedBy } = view.inWork;
  if (proposedBy === null) return null;
  return (
    <ul className="monitor-signed" aria-label={TEXTS.signed}>
      <li>
        <Person name={name(proposedBy)} note={TEXTS.asProposer} />
      </li>
      {view.signOffs
        .filter((signed) => signed.as !== 'proposer')
        .map((signed) => (
          <li key={`${signed.by}${signed.as}`}>
            <Person name={name(signed.by)} note={`${signed.as}, ${dateTime(signed.atMs)}`} />
          </li>
        ))}
    </ul>
  );
}

function Steps(props: { view: MonitorView; onChange: (() => void) | null; changing: boolean }) {
  const { view, onChange, changing } = props;
  const steps = useSteps(view);
  const command = useCommand();
  const [asking, setAsking] = useState<Step | null>(null);
  const send = (step: Step, body?: unknown) =>
    command.run(`/api/v1/monitor/${encodeURIComponent(view.monitorId)}/${step.word}`, body ?? step.body);
  if (steps.length === 0 && !onChange) return <p className="small mute monitor-note">{TEXTS.nothingToDo}</p>;
  return (
    <div className="monitor-steps">
      {steps.map((step, place) => (
        <Button
          key={step.words}
          variant={place === 0 && step.main && !changing ? 'filled' : 'default'}
          {...(place === 0 && step.main && !changing ? { 'data-main-action': true } : {})}
          aria-busy={command.busy}
          disabled={command.busy}
          onClick={() => {
            command.clear();
            if (step.ask) setAsking(step);
            else void send(step);
          }}
        >
          {step.words}
        </Button>
      ))}
      {onChange ? (
        <Button variant="default" onClick={onChange}>
          {TEXTS.change}
        </Button>
      ) : null}
      {asking ? (
        <ReasonForm
          step={asking}
          command={command}
          onSend={async (reason) => {
            if (await send(asking, { reason })) setAsking(null);
          }}
          onCancel={() => setAsking(null)}
        />
      ) : null}
      {command.refusal ? <Failure {...command.refusal} /> : null}
    </div>
  );
}

function ReasonForm(props: {
  step: Step;
  command: CommandHandle;
  onSend: (reason: string) => Promise<void>;
  onCancel: () => void;
}) {
  const [reason, setReason] = useState('');
  return (
    <form
      className="monitor-form"
      onSubmit={(event) => {
        event.preventDefault();
        void props.onSend(reason);
      }}
    >
      <TextInput
        label={TEXTS.reason}
        description={props.step.ask}
        value={reason}
        required
        withAsterisk={false}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <span className="line-up">
        <Button type="submit" disabled={props.command.busy} aria-busy={props.command.busy}>
          {props.command.busy ? 'Working' : props.step.words}
        </Button>
        <Button variant="subtle" onClick={props.onCancel}>
          {TEXTS.cancel}
        </Button>
      </span>
    </form>
  );
}
