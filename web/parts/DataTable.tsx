import {
  type CellData,
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { Menu } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { saveCsv } from './csv.ts';
import { Icon } from './Icon.tsx';
import './data-table.css';

export interface Column<Row> {
  id: string;
  title: string;
  /** What is sorted and exported; a number sorts as one. */
  value: (row: Row) => string | number | null;
  /** What is shown, when it is more than the value. */
  cell?: (row: Row) => ReactNode;
  right?: boolean;
  /** The action column, and drawings, have no order. */
  unsorted?: boolean;
  width?: number;
  /** Leaves the table on a phone. */
  secondary?: boolean;
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
});

/**
 * Rows under hairlines. The first column is the name and its link; a row opens with a click or Enter.
 * `name` is the accessible caption and the exported file's name.
 */
export function DataTable<Row>(props: {
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where a row opens. */
  href?: (row: Row) => string;
  sortedBy?: { id: string; descending?: boolean };
  exportable?: boolean;
  empty?: ReactNode;
}) {
  const [sorting, setSorting] = useState<SortingState>(
    props.sortedBy ? [{ id: props.sortedBy.id, desc: props.sortedBy.descending ?? false }] : [],
  );
  const columns = useMemo(() => {
    const helper = createColumnHelper<typeof features, { row: Row }>();
    return props.columns.map((column) =>
      helper.accessor((holder): CellData => column.value(holder.row) ?? undefined, {
        id: column.id,
        header: column.title,
        enableSorting: !column.unsorted,
        sortUndefined: 'last',
        sortFn: (a, b, id) => compare(a.getValue(id), b.getValue(id)),
      }),
    );
  }, [props.columns]);
  const data = useMemo(() => props.rows.map((row) => ({ row })), [props.rows]);
  const table = useTable({ features, columns, data, state: { sorting }, onSortingChange: setSorting });
  const shown = table.getRowModel().rows.map((line) => line.original.row);
  if (props.rows.length === 0 && props.empty) return props.empty;
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <div className="table-box">
      <table className="table">
        <caption className="unseen">{props.name}</caption>
        <thead>
          <tr>
            {headers.map((header, place) => {
              const column = props.columns[place] as Column<Row>;
              const order = header.column.getIsSorted();
              return (
                <th
                  key={header.id}
                  scope="col"
                  className={classes(column)}
                  style={column.width ? { width: column.width } : undefined}
                  aria-sort={order === 'asc' ? 'ascending' : order === 'desc' ? 'descending' : undefined}
                >
                  {column.unsorted ? (
                    column.title || <span className="unseen">action</span>
                  ) : (
                    <button type="button" onClick={() => header.column.toggleSorting()}>
                      {column.title}
                      {order ? <Icon name={order === 'asc' ? 'up' : 'down'} size={10} /> : null}
                    </button>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <BodyRow key={props.rowKey(row)} row={row} columns={props.columns} href={props.href?.(row)} />
          ))}
        </tbody>
      </table>
      {props.exportable ? (
        <TableMenu
          name={props.name}
          onExport={() =>
            saveCsv(
              props.name,
              props.columns.filter((c) => c.title),
              shown,
            )
          }
        />
      ) : null}
    </div>
  );
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

function classes<Row>(column: Column<Row>): string | undefined {
  return [column.right ? 'right' : '', column.secondary ? 'secondary' : ''].join(' ').trim() || undefined;
}

function BodyRow<Row>(props: { row: Row; columns: readonly Column<Row>[]; href: string | undefined }) {
  const { row, href } = props;
  return (
    <tr
      data-row={href ? '' : undefined}
      tabIndex={href ? -1 : undefined}
      className={href ? 'opens' : undefined}
      onClick={(event) => {
        if (!href || (event.target as Element).closest('a, button, input, select')) return;
        if (getSelection()?.toString()) return;
        event.currentTarget.querySelector<HTMLElement>('a[data-open]')?.click();
      }}
    >
      {props.columns.map((column, place) => {
        const body = column.cell ? column.cell(row) : column.value(row);
        return (
          <td key={column.id} className={classes(column)}>
            {place === 0 && href ? (
              <a href={href} data-open="">
                {body}
              </a>
            ) : (
              body
            )}
          </td>
        );
      })}
    </tr>
  );
}

function TableMenu(props: { name: string; onExport: () => void }) {
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 120 }}>
      <Menu.Target>
        <button type="button" className="table-menu" aria-label={`Menu of the table ${props.name}`}>
          <Icon name="more" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="download" />} onClick={props.onExport}>
          Export as CSV
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
