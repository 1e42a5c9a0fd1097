import { readGrid } from '#app/compose.ts';
import {
  type CodingRecord,
  type DatedText,
  judgeCoding,
  MIN_ROWS_OF_CODE,
} from '#strategy/coding/held-out.ts';
import { isEmpty } from '#strategy/imports/cell.ts';
import { orderOf, readDay, voteOrder } from '#strategy/imports/day.ts';
import { nearest } from '#vocabulary/nearest.ts';
import {
  type CliCommand,
  CommandFailure,
  EXIT,
  type ExitCode,
  type ParsedArguments,
  type Terminal,
} from './command.ts';
import { inWords } from './import-table.ts';

/** Fewer coded rows than this cannot be held out and learned from. */
const MIN_CODED_ROWS = 20;
/** A code is weak below this agreement, or when no suggestion is made for most of its rows. */
const WEAK_AGREEMENT = 0.8;
const WEAK_COVERAGE = 0.5;

/** `throughline code`: how well a plant's own coded texts let new ones be coded by suggestion. */
export const command: CliCommand = {
  name: 'code',
  summary: 'How well failure modes can be suggested from short texts, judged on the newest rows',
  options: [
    {
      name: 'csv',
      value: 'F',
      summary: 'table with coded rows: CSV, text or .xlsx, header in row 1',
      required: true,
    },
    { name: 'text', value: 'COLUMN', summary: 'column with the free text', required: true },
    { name: 'truth', value: 'COLUMN', summary: 'column with the code that a person gave', required: true },
    {
      name: 'date',
      value: 'COLUMN',
      summary: 'column with the date: the newest 30 % are held out',
      required: true,
    },
    { name: 'date-order', value: 'ORDER', summary: 'dmy or mdy, where the dates cannot tell' },
  ],
  examples: [
    'throughline code --csv orders.csv --text "Short text" --truth "Failure mode" --date "Start date"',
  ],
  run,
};

async function run(args: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const grid = await readGrid(args.values['csv'] as string, { sheet: null }).catch((failure: unknown) => {
    throw inWords(failure);
  });
  const header = (grid.rows[0]?.cells ?? []).map(String);
  const [text, truth, date] = ['text', 'truth', 'date'].map((name) =>
    columnOf(header, args.values[name] as string),
  );
  const body = grid.rows.slice(1).map(({ cells }) => cells);
  const { coded, undated } = codedRows(body, { text, truth, date } as Columns, args);
  if (coded.length < MIN_CODED_ROWS) {
    throw new CommandFailure(
      'E-CODE-002',
      `Only ${coded.length} rows have a code and a date; at least ${MIN_CODED_ROWS} are needed to learn and to judge.`,
      'Code more rows by hand first.',
    );
  }
  const record = judgeCoding(coded);
  if (undated > 0) terminal.say(`${undated} coded rows have no date that can be read and were left out`);
  if (args.json) terminal.data(JSON.stringify({ rows: body.length, ...record }));
  else for (const line of report(body.length, coded.length, record)) terminal.data(line);
  return EXIT.ok;
}

interface Columns {
  text: number;
  truth: number;
  date: number;
}

function columnOf(header: readonly string[], name: string): number {
  const at = header.indexOf(name);
  if (at >= 0) return at;
  const guess = nearest(name, header);
  const hint = guess ? `Did you mean "${guess}"? ` : '';
  const listed = header.map((column) => `"${column}"`).join(', ');
  throw new CommandFailure(
    'E-CODE-001',
    `The file has no column "${name}".`,
    `${hint}Its columns are: ${listed}.`,
    EXIT.usage,
  );
}

function codedRows(
  body: readonly (string | number)[][],
  columns: Columns,
  args: ParsedArguments,
): { coded: DatedText[]; undated: number } {
  const withCode = body.filter((cells) => !isEmpty(cells[columns.truth]));
  const days = withCode.map((cells) => readDay(String(cells[columns.date] ?? '').trim()));
  const votes = { dayFirst: 0, monthFirst: 0, either: 0 };
  for (const day of days) if (day) voteOrder(votes, day);
  const order = args.values['date-order'] ?? orderOf(votes);
  if (order !== 'dmy' && order !== 'mdy') {
    throw new CommandFailure(
      'E-CODE-003',
      'It cannot be told whether the dates put the day or the month first.',
      'Give --date-order dmy or --date-order mdy.',
      EXIT.usage,
    );
  }
  const coded: DatedText[] = [];
  for (const [n, cells] of withCode.entries()) {
    const day = days[n];
    const atMs = (order === 'mdy' ? day?.swappedMs : day?.wallMs) ?? Number.NaN;
    if (Number.isNaN(atMs)) continue;
    coded.push({ atMs, text: String(cells[columns.text] ?? ''), code: String(cells[columns.truth]) });
  }
  return { coded, undated: withCode.length - coded.length };
}

function report(rows: number, coded: number, record: CodingRecord): string[] {
  const { heldOut, coverage, agreement } = record;
  const weak = record.codes.filter(
    (one) => (one.agreement ?? 0) < WEAK_AGREEMENT || one.coded < one.heldOut * WEAK_COVERAGE,
  );
  const sure = weak.filter((one) => one.heldOut >= MIN_ROWS_OF_CODE);
  return [
    `${rows} rows, ${coded} of them coded. Learned from the older ${coded - heldOut}, judged by the newest ${heldOut}.`,
    `Suggested for ${record.coded} of ${heldOut} (coverage ${figure(coverage)}); a person agreed with ${figure(agreement)} of the suggestions.`,
    ...sure.map(
      (one) =>
        `Weak: ${one.code}: ${one.coded} of ${one.heldOut} suggested, agreement ${figure(one.agreement)}.`,
    ),
    ...(weak.length === sure.length
      ? []
      : [
          `${weak.length - sure.length} more codes are weak and have fewer than ${MIN_ROWS_OF_CODE} held-out rows each: code those by hand.`,
        ]),
  ];
}

function figure(share: number | null): string {
  return share === null ? 'none' : share.toFixed(2);
}
