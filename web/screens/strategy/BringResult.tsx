import { Button } from '@mantine/core';
import type { TableTold } from '../../../src/api/contract.ts';
import { count } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { TEXTS } from './bring-texts.ts';

type Row = TableTold['problems'][number];

/** What would come of a table, or what came of it, and every cell that is wrong. */
export function BringResult(props: {
  told: TableTold;
  applied: boolean;
  busy: boolean;
  onApply: () => void;
}) {
  const { told, applied, busy, onApply } = props;
  const { longDay } = useWriter();
  const { counts } = TEXTS;
  const notes = [
    told.fromMs === null || told.toMs === null ? null : TEXTS.span(longDay(told.fromMs), longDay(told.toMs)),
    told.repeats > 0 ? TEXTS.repeats(told.repeats) : null,
    'cost' in told.mapping && told.currency === null ? TEXTS.noMoney : null,
  ].filter((note) => note !== null);
  return (
    <>
      <Panel title={applied ? TEXTS.cameTitle : TEXTS.resultTitle} aside={TEXTS.problems(told.problemCount)}>
        <dl className="bring-counts">
          <Figure word={counts.rows} value={told.rows} />
          <Figure word={counts.accepted} value={told.accepted} />
          <Figure word={counts.known} value={told.known} />
          <Figure word={counts.rejected} value={told.rejectedRows} />
        </dl>
        {notes.length > 0 ? <p className="small quiet bring-guesses">{notes.join('; ')}.</p> : null}
        <p className="bring-acts" role="status">
          {applied ? (
            <>
              <b>{told.accepted === 0 ? TEXTS.nothingNew : TEXTS.applied(told.accepted)}</b>
              <a className="link" href="/strategy/losses">
                {TEXTS.appliedNext}
              </a>
            </>
          ) : told.accepted > 0 ? (
            <Button variant="filled" disabled={busy} onClick={onApply}>
              {TEXTS.apply(told.accepted)}
            </Button>
          ) : (
            <b>{told.known > 0 ? TEXTS.nothingNew : TEXTS.allWrong}</b>
          )}
        </p>
      </Panel>
      {told.problemCount > 0 ? <Problems told={told} /> : null}
    </>
  );
}

function Figure({ word, value }: { word: string; value: number }) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>{count(value)}</dd>
    </div>
  );
}

function Problems({ told }: { told: TableTold }) {
  const columns: Column<Row>[] = [
    { id: 'row', title: TEXTS.row, value: (row) => row.row, width: 72 },
    { id: 'column', title: TEXTS.column, value: (row) => row.column, secondary: true },
    {
      id: 'problem',
      title: TEXTS.problem,
      value: (row) => row.message,
      cell: (row) => (
        <span className="two-lines">
          <span>{row.message}</span>
          <span className="small mute">{row.code}</span>
        </span>
      ),
    },
    {
      id: 'effect',
      title: TEXTS.effect,
      value: (row) => (row.rejected ? TEXTS.rejected : TEXTS.warned),
      cell: (row) => (row.rejected ? <b>{TEXTS.rejected}</b> : <span className="mute">{TEXTS.warned}</span>),
      secondary: true,
    },
  ];
  return (
    <Panel title={TEXTS.problemsTitle} aside={TEXTS.problemsOf(told.problems.length, told.problemCount)}>
      <DataTable
        name={TEXTS.problemsTitle}
        columns={columns}
        rows={told.problems}
        rowKey={(row) => `${row.row}:${row.column}:${row.code}`}
      />
      <p className="strategy-more">
        <a className="link" href="/api/v1/strategy/imports/problems" download={TEXTS.sheetName}>
          {TEXTS.sheet}
        </a>
      </p>
    </Panel>
  );
}
