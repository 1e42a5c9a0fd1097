import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { ObjectiveView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { usePlant } from '../../format/plant.tsx';
import { readPeople } from '../../frame/session.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { KPIS, TEXTS } from './objective-texts.ts';

const MINOR = 100;
const STATES = ['sold out', 'can be caught up', 'idle'] as const;
type State = (typeof STATES)[number];
type Letter = ObjectiveView['contributors'][number]['as'];

export function ObjectiveForm({ objective }: { objective: ObjectiveView | null }) {
  const router = useRouter();
  const { currency } = usePlant();
  const people = useQuery({ ...readPeople, staleTime: 60_000 });
  const { run, busy, refusal } = useCommand();
  const [name, setName] = useState(objective?.name ?? '');
  const [kpi, setKpi] = useState(objective?.kpi ?? 'downtime-hours');
  const [unit, setUnit] = useState(objective?.unit ?? 'h/year');
  const [target, setTarget] = useState<number | null>(objective?.target ?? null);
  const [dueMs, setDue] = useState<number | null>(objective?.dueMs ?? null);
  const [worth, setWorth] = useState<number | null>(major(objective?.valuePerUnitMinor ?? null));
  const [byState, setByState] = useState<Readonly<Record<State, number | null>>>({
    'sold out': major(objective?.valueByState?.['sold out']?.value ?? null),
    'can be caught up': major(objective?.valueByState?.['can be caught up']?.value ?? null),
    idle: major(objective?.valueByState?.idle?.value ?? null),
  });
  const [letters, setLetters] = useState<Readonly<Record<string, Letter | ''>>>(() => lettersOf(objective));
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const contributors = Object.entries(letters).flatMap(([personId, as]) => (as ? [{ personId, as }] : []));
    const anyState = STATES.some((state) => byState[state] !== null);
    const body = {
      name,
      kpi,
      unit,
      target,
      dueMs,
      valuePerUnitMinor: estimated(worth),
      valueByState: anyState
        ? Object.fromEntries(STATES.map((state) => [state, estimated(byState[state])]))
        : null,
      contributors,
    };
    const path = objective ? `/${encodeURIComponent(objective.objectiveId)}` : '';
    const made = await run<{ objectiveId?: string }>(`/api/v1/strategy/objective${path}`, body);
    if (made?.objectiveId) router.history.push(`/strategy/objective/${made.objectiveId}`);
  };
  const here = (people.data?.people ?? []).filter((person) => !person.left);
  return (
    <Panel title={objective ? objective.name : TEXTS.name}>
      <form className="objective-form" onSubmit={(event) => void send(event)}>
        <div className="objective-fields">
          <TextInput
            label={TEXTS.name}
            value={name}
            required
            withAsterisk={false}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NativeSelect
            label={TEXTS.kpi}
            value={kpi}
            data={KPIS.map(([value, label]) => ({ value, label }))}
            onChange={(event) => {
              const word = event.currentTarget.value;
              setKpi(word);
              setUnit(KPIS.find(([known]) => known === word)?.[2] ?? unit);
            }}
          />
          <TextInput
            label={TEXTS.unit}
            value={unit}
            required
            withAsterisk={false}
            maxLength={40}
            onChange={(event) => setUnit(event.currentTarget.value)}
          />
          <Figure label={TEXTS.target} value={target} onValue={setTarget} />
          <TextInput
            label={TEXTS.due}
            type="date"
            value={dueMs === null ? '' : dateText(dueMs)}
            onChange={(event) => setDue(dateMs(event.currentTarget.value))}
          />
          <Figure label={TEXTS.worth(currency)} value={worth} onValue={setWorth} />
        </div>
        <h3>{TEXTS.states}</h3>
        <div className="objective-fields">
          {STATES.map((state) => (
            <Figure
              key={state}
              label={`${TEXTS.stateWords[state]}, ${currency}`}
              value={byState[state]}
              onValue={(value) => setByState({ ...byState, [state]: value })}
            />
          ))}
        </div>
        <h3>{TEXTS.people}</h3>
        <p className="small quiet">{TEXTS.peopleHelp}</p>
        <div className="objective-fields objective-people">
          {here.map((person) => (
            <NativeSelect
              key={person.personId}
              label={person.name || person.personId}
              description={person.roles.join(', ')}
              value={letters[person.personId] ?? ''}
              data={[{ value: '', label: TEXTS.nobody }, 'A', 'R', 'C', 'I']}
              onChange={(event) =>
                setLetters({ ...letters, [person.personId]: event.currentTarget.value as Letter | '' })
              }
            />
          ))}
        </div>
        {refusal ? <Failure {...refusal} /> : null}
        <Button type="submit" variant="filled" data-main-action="" disabled={busy}>
          {busy ? 'Working' : TEXTS.save}
        </Button>
      </form>
    </Panel>
  );
}

/** The one who answers is an A, also where the objective is older than its letters. */
function lettersOf(objective: ObjectiveView | null): Record<string, Letter | ''> {
  const known = (objective?.contributors ?? []).map((one) => [one.personId, one.as] as const);
  const answering = objective?.accountable ? [[objective.accountable, 'A'] as const] : [];
  return Object.fromEntries([...answering, ...known]);
}

function Figure(props: { label: string; value: number | null; onValue: (value: number | null) => void }) {
  return (
    <NumberInput
      label={props.label}
      value={props.value ?? ''}
      min={0}
      hideControls
      onChange={(value) => props.onValue(value === '' ? null : Number(value))}
    />
  );
}

function major(minor: number | null): number | null {
  return minor === null ? null : minor / MINOR;
}

function estimated(value: number | null) {
  return value === null ? null : { value: Math.round(value * MINOR), grade: 'estimated' };
}

export function dateText(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

export function dateMs(text: string): number | null {
  const atMs = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(atMs) ? atMs : null;
}
