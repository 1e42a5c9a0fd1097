import type { ImportedTable, ImportsView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { count } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { useRights } from '../../frame/people.ts';
import { AskTwice } from '../../parts/AskTwice.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { TEXTS } from './bring-texts.ts';

/** Imports that stand and those that were undone, the newest first. */
export function BroughtTables({ view }: { view: ImportsView }) {
  const { mayRun } = useRights();
  const { run, busy, refusal } = useCommand();
  const { shortDay, month } = useWriter();
  const day = (atMs: number) => `${shortDay(atMs)} ${month(atMs).slice(-4)}`;
  const undo = async (importId: string) => {
    await run(`/api/v1/strategy/imports/${encodeURIComponent(importId)}/undo`);
  };
  const undoable = (row: ImportedTable) => row.undoneAtMs === null && view.nowMs <= row.undoableUntilMs;
  const columns: Column<ImportedTable>[] = [
    {
      id: 'what',
      title: TEXTS.what,
      value: (row) => row.kind,
      cell: (row) => (
        <span className="two-lines">
          <b>{TEXTS.kinds[row.kind] ?? row.kind}</b>
          <span className="small mute">
            {row.undoneAtMs === null ? row.importId : TEXTS.undone(day(row.undoneAtMs))}
          </span>
        </span>
      ),
    },
    {
      id: 'rows',
      title: TEXTS.rows,
      value: (row) => row.counts.accepted,
      cell: (row) => count(row.counts.accepted),
      right: true,
    },
    {
      id: 'span',
      title: TEXTS.spanTitle,
      value: (row) => row.fromMs,
      cell: (row) =>
        row.fromMs === null || row.toMs === null ? '' : TEXTS.span(day(row.fromMs), day(row.toMs)),
      secondary: true,
    },
    {
      id: 'when',
      title: TEXTS.when,
      value: (row) => row.importedAtMs,
      cell: (row) => day(row.importedAtMs),
      secondary: true,
    },
  ];
  if (mayRun('strategy.undo-import')) {
    columns.push({
      id: 'undo',
      title: '',
      unsorted: true,
      value: () => null,
      right: true,
      cell: (row) =>
        undoable(row) ? (
          <AskTwice
            words={TEXTS.undo}
            sure={TEXTS.undoSure}
            keep={TEXTS.keep}
            busy={busy}
            onSure={() => undo(row.importId)}
          />
        ) : null,
    });
  }
  return (
    <Panel title={TEXTS.importsTitle} aside={TEXTS.importsNote}>
      {refusal ? <Failure {...refusal} /> : null}
      <DataTable
        name={TEXTS.importsTitle}
        columns={columns}
        rows={view.imports}
        rowKey={(row) => row.importId}
        empty={<Empty title={TEXTS.none} because={TEXTS.noneBecause} />}
      />
    </Panel>
  );
}
