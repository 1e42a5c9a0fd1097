import type { CaseRow } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import type { Column } from '../../parts/DataTable.tsx';
import { FindingMark } from '../../parts/FindingMark.tsx';
import { Amount } from '../../parts/MoneyBar.tsx';
import { PriorityShape } from '../../parts/PriorityBadge.tsx';
import { MARK_OF } from './findings.ts';

/**
 * What came of an asset's or a monitor's faults: case, day, standing, finding, money.
 * @param titled whether the fault stands beside the number, where the page does not say it already
 */
export function caseColumns(shortDay: (atMs: number) => string, titled: boolean): Column<CaseRow>[] {
  return [
    {
      id: 'case',
      title: 'Case',
      value: (row) => (titled ? row.title : row.caseId),
      cell: (row) => (
        <span className={titled ? 'line-up' : 'line-up nowrap'}>
          <PriorityShape priority={row.priority} size={16} />
          <b>{shortId(row.caseId)}</b>
          {titled ? ` ${row.title}` : null}
        </span>
      ),
    },
    {
      id: 'opened',
      title: 'Opened',
      value: (row) => row.openedAtMs,
      cell: (row) => shortDay(row.openedAtMs),
    },
    {
      id: 'standing',
      title: 'Standing',
      value: (row) => (row.state === 'closed' ? 'closed' : `waits for ${row.waitsFor}`),
      secondary: true,
    },
    {
      id: 'finding',
      title: 'Finding',
      value: (row) => row.finding,
      cell: (row) =>
        row.finding ? (
          <FindingMark finding={MARK_OF[row.finding]} words={row.finding} />
        ) : (
          <span className="mute">not yet</span>
        ),
      secondary: titled,
    },
    {
      id: 'booked',
      title: 'Booked',
      value: (row) => row.amountMinor,
      cell: (row) => <Amount minor={row.amountMinor} />,
      right: true,
      secondary: !titled,
    },
  ];
}
