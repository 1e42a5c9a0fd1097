import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { TABLE_KINDS } from './all.ts';
import { type Cell, isEmpty, markOf, readAmount, voteMark } from './cell.ts';
import { readDay } from './day.ts';
import { downtime } from './downtime.ts';
import { fieldWord, plainWords, type TableKind } from './kind.ts';
import type { Writings } from './layout.ts';
import { guessMapping, hoursPer } from './mapping.ts';
import { type KnownRows, readTable, type TableReading } from './read-table.ts';
import { workOrders } from './work-orders.ts';

const NOW = Date.UTC(2026, 0, 1);
const NOTHING: Writings = { mapping: null, dateOrder: null, decimal: null };
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Given {
  kind?: TableKind;
  said?: Partial<Writings>;
  known?: KnownRows;
  remembered?: Writings | null;
}

function readOrRefuse(rows: Cell[][], given: Given = {}): TableReading | Refusal {
  return readTable(
    given.kind ?? workOrders,
    rows.map((cells, n) => ({ row: n + 1, cells })),
    { ...NOTHING, ...given.said, remembered: () => given.remembered ?? null },
    { nowMs: NOW, known: given.known ?? new Map(), toInstant: (ms) => ms, hash },
  );
}

function read(rows: Cell[][], given: Given = {}): TableReading {
  const found = readOrRefuse(rows, given);
  if (isRefusal(found)) throw new Error(`${found.code} ${found.message}`);
  return found;
}

function knownOf(reading: TableReading): KnownRows {
  const { identity, content } = reading.kept;
  return new Map(identity.map((one, n) => [one, content[n] as string]));
}

const ORDERS: Cell[][] = [
  ['Order', 'Date', 'Machine', 'Type', 'Cost'],
  ['1', '2025-01-05', 'P-1', 'PM01', '10.50'],
  ['2', '2025-01-06', 'P-2', 'PM01', '20'],
];

describe('an amount', () => {
  it.each([
    ['1.234,56-', ',', -1234.56],
    ['1 234,5', ',', 1234.5],
    ['EUR 12', ',', 12],
    ['12 €', ',', 12],
    ['-0.4', '.', -0.4],
    ["1'234.50", '.', 1234.5],
    ['1,234,567', '.', 1234567],
    ['.5', '.', 0.5],
  ] as const)('%s with mark %s is %d', (text, mark, value) => {
    expect(readAmount(text, mark)).toBe(value);
  });

  it.each([
    ['PM01', '.'],
    ['1.2.3', '.'],
    ['12,34,5', '.'],
    ['1,5', '.'],
    ['1.5', ','],
    ['--5', '.'],
    ['-5-', '.'],
    ['1e5', '.'],
  ] as const)('%s with mark %s is none', (text, mark) => {
    expect(readAmount(text, mark)).toBeNaN();
  });

  it('is read back however it is grouped', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.boolean(), (minor, comma) => {
        const text = (Math.abs(minor) / 100).toLocaleString(comma ? 'de-DE' : 'en-US', {
          minimumFractionDigits: 2,
        });
        expect(readAmount(minor < 0 ? `${text}-` : text, comma ? ',' : '.')).toBeCloseTo(minor / 100, 6);
      }),
    );
  });

  it('tells the decimal mark, or says that it cannot', () => {
    const vote = (...cells: string[]) => {
      const votes = { point: 0, comma: 0, either: 0 };
      for (const cell of cells) voteMark(votes, cell);
      return markOf(votes);
    };
    expect(vote('1,234', '12,5')).toBe(',');
    expect(vote('1,234', '1,234.5')).toBe('.');
    expect(vote('0.125')).toBe('.');
    expect(vote('1,234', '2,500')).toBeNull();
    expect(vote('100', '250')).toBe('.');
  });
});

describe('a date', () => {
  it.each([
    ['2025-03-04', Date.UTC(2025, 2, 4)],
    ['20250304', Date.UTC(2025, 2, 4)],
    ['2025/3/4 17:05', Date.UTC(2025, 2, 4, 17, 5)],
    ['04.03.2025', Date.UTC(2025, 2, 4)],
    ['4.3.25', Date.UTC(2025, 2, 4)],
    ['04-MAR-25', Date.UTC(2025, 2, 4)],
    ['4. März 2025', Date.UTC(2025, 2, 4)],
    ['2025-03-04T17:05:09+01:00', Date.UTC(2025, 2, 4, 16, 5, 9)],
  ])('%s', (text, ms) => {
    expect(readDay(text)?.wallMs).toBe(ms);
  });

  it.each(['31.02.2025', '2025-13-01', '12345', '1741064400', '20251399', 'PM01', '', '99.99.9999'])(
    '"%s" is none',
    (text) => {
      expect(readDay(text)).toBeNull();
    },
  );

  it('with slashes is read both ways until the file tells', () => {
    expect(readDay('03/04/2025')).toMatchObject({
      wallMs: Date.UTC(2025, 3, 3),
      swappedMs: Date.UTC(2025, 2, 4),
    });
    expect(readDay('3/15/25 10:30 AM')).toMatchObject({
      wallMs: Number.NaN,
      swappedMs: Date.UTC(2025, 2, 15, 10, 30),
    });
  });
});

describe('the kinds', () => {
  it('name each field and each header word once', () => {
    for (const { word, fields, oneOf, numberedBy, when } of TABLE_KINDS) {
      const names = fields.map(({ name }) => name);
      expect(new Set(names.map(fieldWord)).size, word).toBe(names.length);
      for (const field of fields) {
        expect(field.headers.map(plainWords), `${word}.${field.name}`).toEqual(field.headers);
        expect(new Set(field.headers).size, `${word}.${field.name}`).toBe(field.headers.length);
      }
      expect(names).toEqual(
        expect.arrayContaining([...oneOf.flat(), ...numberedBy, ...(when ? [when] : [])]),
      );
    }
  });
});

describe('the mapping', () => {
  it('is guessed from header words of several systems', () => {
    const header = ['Auftragsnr.', 'GSTRP', 'Technischer Platz', 'Kurztext', 'Summe Ist-Kosten'];
    expect(guessMapping(workOrders, header, [])).toEqual({
      order: 'Auftragsnr.',
      start: 'GSTRP',
      functionalLocation: 'Technischer Platz',
      text: 'Kurztext',
      cost: 'Summe Ist-Kosten',
    });
  });

  it('does not take a column whose cells are something else', () => {
    const rows: Cell[][] = [['yesterday', 'P-1', '2025-01-01']];
    expect(guessMapping(workOrders, ['Date', 'Machine', 'Created on'], rows)).toMatchObject({
      start: 'Created on',
    });
  });

  it('reads the unit of a duration from its header', () => {
    expect(hoursPer('Stillstand (min)')).toBe(1 / 60);
    expect(hoursPer('Downtime [h]')).toBe(1);
    expect(hoursPer('Breakdown duration')).toBe(1);
  });

  it('is refused with the nearest words when a person misspells it', () => {
    const wrongField = readOrRefuse(ORDERS, { said: { mapping: { begin: 'Date' } } });
    expect(wrongField).toMatchObject({ code: 'E-IMPORT-002' });
    const wrongColumn = readOrRefuse(ORDERS, { said: { mapping: { start: 'Dat', asset: 'Machine' } } });
    expect(wrongColumn).toMatchObject({ code: 'E-IMPORT-003', mend: expect.stringContaining('"Date"') });
  });

  it('is asked for when a field that is needed has no column', () => {
    const refused = readOrRefuse([
      ['Machine', 'Cost'],
      ['P-1', '5'],
    ]);
    expect(refused).toMatchObject({ code: 'E-IMPORT-001', message: expect.stringContaining('"start"') });
  });

  it('of an earlier file with this header is taken again', () => {
    const rows: Cell[][] = [
      ['Wann', 'Maschine'],
      ['2025-01-05', 'P-1'],
    ];
    expect(readOrRefuse(rows)).toMatchObject({ code: 'E-IMPORT-001' });
    const remembered: Writings = { ...NOTHING, mapping: { start: 'Wann', asset: 'Maschine' } };
    expect(read(rows, { remembered }).accepted).toBe(1);
  });
});

describe('what can be read two ways is asked', () => {
  const rows: Cell[][] = [
    ['Date', 'Machine', 'Cost'],
    ['03/04/2025', 'P-1', '1,250'],
    ['05/06/2025', 'P-2', '2,500'],
  ];

  it('dates, then numbers', () => {
    expect(readOrRefuse(rows)).toMatchObject({ code: 'E-IMPORT-004' });
    expect(readOrRefuse(rows, { said: { dateOrder: 'mdy' } })).toMatchObject({ code: 'E-IMPORT-005' });
  });

  it('and the answer counts, also when it was given for an earlier file', () => {
    const said = read(rows, { said: { dateOrder: 'mdy', decimal: '.' } });
    expect(said.kept.values).toMatchObject({ startMs: [Date.UTC(2025, 2, 4), Date.UTC(2025, 4, 6)] });
    expect(said.kept.values['costMinor']).toEqual([125_000, 250_000]);
    const again = read(rows, { remembered: { mapping: null, dateOrder: 'dmy', decimal: ',' } });
    expect(again.kept.values['costMinor']).toEqual([125, 250]);
  });

  it('is told by one row that is possible one way only', () => {
    const told = read([...rows, ['05/31/2025', 'P-2', '12.5']]);
    expect(told.layout).toMatchObject({ dateOrder: 'mdy', decimal: '.' });
  });
});

describe('rows', () => {
  it('are all judged, every wrong cell by name', () => {
    const reading = read([
      ...ORDERS,
      ['3', 'soon', '', 'PM01', 'much'],
      ['4', '2025-01-08', 'P-1', 'PM01', '5'],
    ]);
    expect(reading).toMatchObject({ rows: 4, accepted: 3, rejectedRows: 1 });
    expect(reading.rejected.map(({ row, column, code }) => [row, column, code])).toEqual([
      [4, 'Date', 'E-IMPORT-012'],
      [4, 'Cost', 'E-IMPORT-011'],
      [4, 'Machine', 'E-IMPORT-016'],
    ]);
  });

  it('that are shifted by a delimiter inside a text are named as such', () => {
    const many = Array.from({ length: 4 }, (_, n) => [`${n + 10}`, '2025-02-01', 'P-1', 'PM01', '1']);
    const shifted = read([...ORDERS, ...many, ['3', '2025-01-07', 'won', 't turn', 'PM01']]);
    expect(shifted.rejected).toMatchObject([{ row: 8, column: 'Cost', code: 'E-IMPORT-010' }]);
    const wide = read([...ORDERS, ['3', '2025-01-07', 'P-1', 'won', '5', '80']]);
    expect(wide.rejected).toMatchObject([{ row: 4, code: 'E-IMPORT-015' }]);
  });

  it('that are odd are accepted with a warning each', () => {
    const reading = read([
      ['Date', 'Machine', 'Finish date', 'Cost', 'Downtime'],
      ['2025-01-05', 'P-1', '2025-01-04', '-5.5', '-1'],
      ['2125-01-05', 'P-1', '', '0', ''],
    ]);
    expect(reading.accepted).toBe(2);
    expect(reading.warnings.map(({ row, code }) => `${row} ${code}`).toSorted()).toEqual([
      '2 W-IMPORT-002',
      '2 W-IMPORT-005',
      '2 W-IMPORT-008',
      '3 W-IMPORT-003',
      '3 W-IMPORT-004',
    ]);
  });

  it('of other systems: repeated headers and totals are no rows, NA and # are empty', () => {
    const [header, first] = ORDERS as [Cell[], Cell[]];
    const reading = read([
      ['Order list'],
      [],
      header,
      first,
      header,
      ['2', '2025-01-06', 'P-2', '#', 'NA'],
      ['*', '', '', '', '30.50'],
    ]);
    expect(reading).toMatchObject({ rows: 2, accepted: 2, rejected: [] });
    expect(reading.kept.values['costMinor']).toEqual([1050, null]);
    expect(isEmpty('n/a')).toBe(true);
  });

  it('of a downtime log know yes and no, and the state of the line', () => {
    const reading = read(
      [
        ['line', 'from', 'to', 'planned', 'state'],
        ['L2', '2026-01-05 06:10', '2026-01-05 07:40', 'nein', 'Sold out'],
        ['L2', '2026-01-07 03:00', '', 'maybe', 'perhaps'],
      ],
      { kind: downtime },
    );
    expect(reading.kept.values).toMatchObject({ planned: [0], state: ['sold-out'] });
    expect(reading.rejected.map(({ code }) => code)).toEqual([
      'E-IMPORT-013',
      'E-IMPORT-014',
      'E-IMPORT-016',
    ]);
  });
});

describe('the identity of a row', () => {
  it('is its number: read again nothing is new, and a change is said', () => {
    const first = read(ORDERS);
    const known = knownOf(first);
    expect(read(ORDERS, { known })).toMatchObject({ accepted: 0, known: 2, warnings: [] });
    const [header, one, two] = ORDERS as [Cell[], Cell[], Cell[]];
    const changed = read([header, one, [...two.slice(0, 4), '25']], { known });
    expect(changed).toMatchObject({ accepted: 0, known: 2 });
    expect(changed.warnings).toMatchObject([{ row: 3, code: 'W-IMPORT-007' }]);
  });

  it('with one number twice in a file counts equal rows once and refuses different ones', () => {
    const [header, one] = ORDERS as [Cell[], Cell[]];
    const reading = read([header, one, one, [...one.slice(0, 4), '99']]);
    expect(reading).toMatchObject({ rows: 3, accepted: 1, known: 1, repeats: 0, rejectedRows: 1 });
    expect(reading.warnings).toMatchObject([{ row: 3, code: 'W-IMPORT-006' }]);
    expect(reading.rejected).toMatchObject([{ row: 4, code: 'E-IMPORT-017' }]);
  });

  it('without a number is all cells and the ordinal among equal rows', () => {
    const header: Cell[] = ['Date', 'Machine', 'Cost'];
    const row: Cell[] = ['2025-01-05', 'P-1', '5'];
    const twice = read([header, row, row]);
    expect(twice).toMatchObject({ accepted: 2, repeats: 1 });
    expect(twice.warnings).toMatchObject([{ row: 3, code: 'W-IMPORT-001' }]);
    const known = knownOf(twice);
    expect(read([header, row, row], { known })).toMatchObject({ accepted: 0, known: 2, repeats: 0 });
    expect(read([header, row, row, row], { known })).toMatchObject({ accepted: 1, known: 2, repeats: 1 });
  });

  it('adds every new row once, in whatever parts a table is brought', () => {
    const day = fc.integer({ min: 1, max: 4 }).map((n) => [`2025-01-0${n}`, 'P-1', '5'] as Cell[]);
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 20 }), fc.nat(20), (rows, cut) => {
        const header: Cell[] = ['Date', 'Machine', 'Cost'];
        const before = cut === 0 ? null : read([header, ...rows.slice(0, cut)]);
        const all = read([header, ...rows], { known: before ? knownOf(before) : new Map() });
        expect((before?.accepted ?? 0) + all.accepted).toBe(rows.length);
        expect(all.known).toBe(Math.min(cut, rows.length));
      }),
    );
  });
});
