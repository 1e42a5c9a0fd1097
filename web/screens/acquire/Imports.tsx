import type { ImportRow } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { shortId } from '../../format/id.ts';
import { count } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { useRights } from '../../frame/people.ts';
import { AskTwice } from '../../parts/AskTwice.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { TEXTS } from './texts.ts';

/** Recorded files that were imported; hidden while there are none. */
export function Imports({ rows }: { rows: readonly ImportRow[] }) {
  const { mayRun } = useRights();
  const { run, busy, refusal } = useCommand();
  const { shortDay, month } = useWriter();
  if (rows.length === 0) return null;
  const day = (atMs: number) => `${shortDay(atMs)} ${month(atMs).slice(-4)}`;
  const undo = async (importId: string) => {
    await run(`/api/v1/acquire/history/${encodeURIComponent(importId)}/remove`);
  };
  const columns: Column<ImportRow>[] = [
    {
      id: 'signal',
      title: TEXTS.importSignal,
      value: (row) => row.signalName,
      cell: (row) => (
        <span className="work-name">
          <b>{row.signalName}</b>
          <span className="small mute">{shortId(row.signalId)}</span>
        </span>
      ),
    },
    {
      id: 'from',
      title: TEXTS.importFrom,
      value: (row) => row.fromMs,
      secondary: true,
      cell: (row) => day(row.fromMs),
    },
    {
      id: 'to',
      title: TEXTS.importTo,
      value: (row) => row.toMs,
      secondary: true,
      cell: (row) => day(row.toMs),
    },
    {
      id: 'rows',
      title: TEXTS.importRows,
      value: (row) => row.rows,
      right: true,
      // On the phone the way to take an import back needs the room.
      secondary: mayRun('acquire.remove-history'),
      cell: (row) => count(row.rows),
    },
    {
      id: 'refused',
      title: TEXTS.importRefused,
      value: (row) => row.refused,
      right: true,
      secondary: true,
      cell: (row) => (row.refused === 0 ? <span className="mute">0</span> : count(row.refused)),
    },
  ];
  if (mayRun('acquire.remove-history')) {
    columns.push({
      id: 'undo',
      title: '',
      value: () => null,
      right: true,
      cell: (row) => (
        <AskTwice
          words={TEXTS.undo}
          sure={TEXTS.undoSure}
          keep={TEXTS.keepIt}
          busy={busy}
          onSure={() => undo(row.importId)}
        />
      ),
    });
  }
  return (
    <Panel title={TEXTS.imports} aside={TEXTS.importsNote}>
      {refusal ? <Failure {...refusal} /> : null}
      <DataTable
        name={TEXTS.imports}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.importId}
        exportable
        empty={<Empty title={TEXTS.noImports} because={TEXTS.noImportsBecause} />}
      />
    </Panel>
  );
}
