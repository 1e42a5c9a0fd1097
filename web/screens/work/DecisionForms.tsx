import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Finding } from '../../../src/api/contract.ts';
import { dayOfPlan, workDays } from './days.ts';
import { ANSWERS, SCREENED } from './findings.ts';
import { TEXTS } from './texts.ts';

/** Days that one list offers; more is a matter for the plan page. */
const MOST_DAYS = 15;

/** Another day for a draft or an order; days past the latest finish say so. */
export function DayForm(props: {
  nowMs: number;
  latestFinishMs: number;
  /** A draft has no day yet that would need a reason to be left. */
  reasonless?: boolean;
  busy: boolean;
  onSend: (dayMs: number, reason: string) => void;
  onCancel: () => void;
}) {
  const days = workDays(props.nowMs, MOST_DAYS);
  const [dayMs, setDayMs] = useState(days[0] ?? props.nowMs);
  const [reason, setReason] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    props.onSend(dayMs, reason);
  };
  return (
    <form className="decision-form" onSubmit={send}>
      <NativeSelect
        label={TEXTS.day}
        value={dayMs}
        onChange={(event) => setDayMs(Number(event.currentTarget.value))}
        data={days.map((one) => ({
          value: String(one),
          label: one > props.latestFinishMs ? `${dayOfPlan(one)}, after the finish date` : dayOfPlan(one),
        }))}
      />
      {props.reasonless ? null : (
        <TextInput
          label={TEXTS.reason}
          description={TEXTS.reasonHelp}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
          withAsterisk={false}
          maxLength={300}
        />
      )}
      <FormActs words={props.reasonless ? 'Accept for this day' : 'Move it'} {...props} />
    </form>
  );
}

/** Why a draft is not real: a finding with one sentence. */
export function RejectForm(props: {
  busy: boolean;
  onSend: (finding: Finding, reason: string) => void;
  onCancel: () => void;
}) {
  const [finding, setFinding] = useState<Finding>('already known');
  const [reason, setReason] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    props.onSend(finding, reason);
  };
  return (
    <form className="decision-form" onSubmit={send}>
      <NativeSelect
        label="What is it then?"
        description={TEXTS.notRealHelp}
        value={finding}
        onChange={(event) => setFinding(event.currentTarget.value as Finding)}
        data={ANSWERS.filter((one) => SCREENED.includes(one.finding)).map((one) => ({
          value: one.finding,
          label: one.words,
        }))}
      />
      <TextInput
        label={TEXTS.reason}
        description={TEXTS.reasonHelp}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={300}
      />
      <FormActs words="Reject it" {...props} />
    </form>
  );
}

/** One sentence why, beneath whatever else the form asks. */
export function ReasonForm(props: {
  words: string;
  label: string;
  busy: boolean;
  /** something above is still to be chosen */
  blocked?: boolean;
  children?: ReactNode;
  onSend: (reason: string) => void;
  onCancel: () => void;
}) {
  const [reason, setReason] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    props.onSend(reason);
  };
  return (
    <form className="decision-form" onSubmit={send}>
      {props.children}
      <TextInput
        label={props.label}
        description={TEXTS.reasonHelp}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={300}
      />
      <FormActs words={props.words} busy={props.busy} blocked={props.blocked} onCancel={props.onCancel} />
    </form>
  );
}

export function FormActs(props: {
  words: string;
  busy: boolean;
  blocked?: boolean | undefined;
  onCancel: () => void;
}) {
  return (
    <span className="line-up">
      <Button type="submit" aria-busy={props.busy} disabled={props.busy || props.blocked === true}>
        {props.busy ? 'Working' : props.words}
      </Button>
      <Button variant="subtle" onClick={props.onCancel}>
        {TEXTS.cancel}
      </Button>
    </span>
  );
}
