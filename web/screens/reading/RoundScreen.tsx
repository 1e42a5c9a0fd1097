import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { HandReadingView, RoundsView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { reading } from '../../data/queries.ts';
import { number } from '../../format/number.ts';
import { usePlantNow, useWriter } from '../../format/plant.tsx';
import { DAY_MS } from '../../format/time.ts';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { useStanding } from '../../frame/standing.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { TEXTS } from './texts.ts';
import './reading.css';

const readRounds = reading<RoundsView>('acquire', '/api/v1/acquire/round');

/** Rounds with what is due; a list on paper is typed here. */
export function RoundScreen() {
  useStanding('acquire');
  const rounds = useQuery(readRounds);
  return (
    <>
      <PageHead question={TEXTS.roundsQuestion} under={TEXTS.roundsUnder} />
      <Answered query={rounds} rows={6}>
        {(view) => <Body view={view} />}
      </Answered>
    </>
  );
}

function Body({ view }: { view: RoundsView }) {
  const { mayRun } = useRights();
  const all = [...view.rounds.flatMap((round) => round.readings), ...view.loose];
  if (all.length === 0) {
    return (
      <Empty title={TEXTS.noRounds} because={TEXTS.noRoundsBecause}>
        <a className="link" href="/start">
          {TEXTS.begin}
        </a>
      </Empty>
    );
  }
  return (
    <div className="hand-rounds">
      {view.rounds.map((round) => (
        <Panel key={round.roundId} title={round.name} aside={TEXTS.every(days(round.everyMs))}>
          <Readings name={round.name} rows={round.readings} />
        </Panel>
      ))}
      {view.loose.length > 0 ? (
        <Panel title={TEXTS.loose}>
          <Readings name={TEXTS.loose} rows={view.loose} />
        </Panel>
      ) : null}
      {mayRun('acquire.enter-readings') ? <PaperList rows={all.filter((row) => row.asked)} /> : null}
    </div>
  );
}

function days(ms: number): number {
  return Math.round((ms / DAY_MS) * 10) / 10;
}

function Readings({ name, rows }: { name: string; rows: readonly HandReadingView[] }) {
  const { moment } = useWriter();
  const nowMs = usePlantNow(60_000);
  const columns: Column<HandReadingView>[] = [
    {
      id: 'reading',
      title: TEXTS.reading,
      value: (row) => row.name,
      cell: (row) => (
        <span className="two-lines">
          <b>{row.name}</b>
          <span className="small mute">{row.assetName}</span>
        </span>
      ),
    },
    {
      id: 'last',
      title: TEXTS.last,
      value: (row) => row.reading.value,
      cell: (row) =>
        row.reading.value === null ? (
          <span className="mute">{TEXTS.none}</span>
        ) : (
          <>
            {row.words ? row.words[row.reading.value] : `${number(row.reading.value)} ${row.unit}`}{' '}
            <span className="small mute">{row.reading.atMs ? moment(row.reading.atMs, nowMs) : ''}</span>
          </>
        ),
      secondary: true,
    },
    {
      id: 'due',
      title: TEXTS.due,
      value: (row) => row.dueMs,
      cell: (row) =>
        row.dueMs === null ? null : (
          <span className="nowrap">
            {moment(row.dueMs, nowMs)} {row.dueMs < nowMs ? <b>{TEXTS.overdue}</b> : null}
          </span>
        ),
    },
  ];
  return (
    <DataTable
      name={name}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.signalId}
      href={(row) => `/reading/${row.signalId}`}
      sortedBy={{ id: 'due' }}
    />
  );
}

/** A list from paper: one time, many values. */
function PaperList({ rows }: { rows: readonly HandReadingView[] }) {
  const { run, busy, refusal } = useCommand();
  const nowMs = usePlantNow(60_000);
  const [atMs, setAt] = useState<number | null>(null);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [sent, setSent] = useState(0);
  const read = rows.flatMap((row) => {
    const text = values[row.signalId]?.trim().replace(',', '.') ?? '';
    const value = Number(text);
    return text === '' || !Number.isFinite(value) ? [] : [{ signalId: row.signalId, value }];
  });
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const when = Math.round(atMs ?? nowMs);
    const readings = read.map((one) => ({ ...one, atMs: when }));
    if (!(await run('/api/v1/acquire/reading', { how: 'paper', readings }))) return;
    setSent(readings.length);
    setValues({});
  };
  return (
    <Panel title={TEXTS.type}>
      <form className="hand-paper" onSubmit={(event) => void send(event)}>
        <p className="small quiet">{TEXTS.typeHelp}</p>
        <TextInput
          className="hand-when"
          label={TEXTS.readAt}
          type="datetime-local"
          value={localText(atMs ?? nowMs)}
          onChange={(event) => {
            const typed = new Date(event.currentTarget.value).getTime();
            if (Number.isFinite(typed)) setAt(typed);
          }}
        />
        <div className="hand-fields">
          {rows.map((row) => {
            const set = (text: string) => {
              setSent(0);
              setValues({ ...values, [row.signalId]: text });
            };
            const value = values[row.signalId] ?? '';
            const label = `${row.assetName}, ${row.name}`;
            return row.words ? (
              <NativeSelect
                key={row.signalId}
                label={label}
                value={value}
                data={[
                  { value: '', label: '' },
                  ...row.words.map((word, at) => ({ value: String(at), label: word })),
                ]}
                onChange={(event) => set(event.currentTarget.value)}
              />
            ) : (
              <TextInput
                key={row.signalId}
                label={`${label}, ${row.unit}`}
                inputMode="decimal"
                value={value}
                onChange={(event) => set(event.currentTarget.value)}
              />
            );
          })}
        </div>
        {refusal ? <Failure {...refusal} /> : null}
        {sent > 0 ? <p role="status">{TEXTS.sent(sent)}</p> : null}
        <Button type="submit" variant="filled" data-main-action="" disabled={busy || read.length === 0}>
          {busy ? 'Working' : TEXTS.send}
        </Button>
      </form>
    </Panel>
  );
}

/** Epoch ms as the field for local date and time wants it. */
function localText(atMs: number): string {
  const shifted = atMs - new Date(atMs).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 16);
}
