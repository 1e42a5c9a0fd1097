import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { LibraryEntry } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { reading } from '../../data/queries.ts';
import { usePlant } from '../../format/plant.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { TEXTS } from './texts.ts';

export const readLibrary = reading<LibraryEntry[]>('strategy', '/api/v1/strategy/library', 'library');

interface Row {
  /** its place in the list, which it keeps */
  place: number;
  name: string;
  equipmentClass: string;
  whatStops: string;
  hours: number | null;
  cost: number | null;
}

const emptyRow = (place: number): Row => ({
  place,
  name: '',
  equipmentClass: '',
  whatStops: '',
  hours: null,
  cost: null,
});
const FIRST_ROWS = 5;
const MOST_ROWS = 20;
const MINOR = 100;

/** Five machines from memory; empty rows and empty figures are left out. */
export function MachinesStep({ onKept }: { onKept: () => void }) {
  const { currency } = usePlant();
  const library = useQuery({ ...readLibrary, staleTime: Number.POSITIVE_INFINITY });
  const classes = [...new Set((library.data ?? []).map((entry) => entry.equipmentClass))].toSorted();
  const { run, busy, refusal } = useCommand();
  const [rows, setRows] = useState<Row[]>(() =>
    Array.from({ length: FIRST_ROWS }, (_, place) => emptyRow(place)),
  );
  const set = (at: number, part: Partial<Row>) =>
    setRows(rows.map((row, n) => (n === at ? { ...row, ...part } : row)));
  const named = rows.filter((row) => row.name.trim() !== '');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const machines = named.map((row) => ({
      name: row.name,
      equipmentClass: row.equipmentClass,
      whatStops: row.whatStops.trim() === '' ? row.name : row.whatStops,
      hoursPerYear: row.hours,
      costMinorPerYear: row.cost === null ? null : Math.round(row.cost * MINOR),
      stopHourMinor: null,
    }));
    if (await run('/api/v1/strategy/start/machines', { machines })) onKept();
  };
  return (
    <Panel title={TEXTS.machinesTitle}>
      <form onSubmit={(event) => void send(event)}>
        <p className="quiet start-help">
          {TEXTS.machinesHelp}{' '}
          <a className="link" href="/strategy/bring">
            {TEXTS.bring}
          </a>
        </p>
        <ol className="start-machines">
          {rows.map((row, at) => (
            <li key={row.place}>
              <TextInput
                label={TEXTS.machine}
                placeholder={at === 0 ? TEXTS.machineHint : ''}
                value={row.name}
                maxLength={200}
                onChange={(event) => set(at, { name: event.currentTarget.value })}
              />
              <NativeSelect
                label={TEXTS.kind}
                value={row.equipmentClass}
                data={[{ value: '', label: TEXTS.kindOther }, ...classes]}
                onChange={(event) => set(at, { equipmentClass: event.currentTarget.value })}
              />
              <TextInput
                label={TEXTS.whatStops}
                value={row.whatStops}
                maxLength={200}
                onChange={(event) => set(at, { whatStops: event.currentTarget.value })}
              />
              <Figure label={TEXTS.hoursYear} value={row.hours} onValue={(hours) => set(at, { hours })} />
              <Figure
                label={TEXTS.costYear(currency)}
                value={row.cost}
                onValue={(cost) => set(at, { cost })}
              />
            </li>
          ))}
        </ol>
        {refusal ? <Failure {...refusal} /> : null}
        <p className="start-acts">
          <Button type="submit" variant="filled" data-main-action="" disabled={busy || named.length === 0}>
            {busy ? 'Working' : TEXTS.keep}
          </Button>
          {rows.length < MOST_ROWS ? (
            <Button variant="subtle" onClick={() => setRows([...rows, emptyRow(rows.length)])}>
              {TEXTS.another}
            </Button>
          ) : null}
        </p>
      </form>
    </Panel>
  );
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
