import { openTable } from '#app/compose.ts';
import { type BacktestResult, backtest, type KnownEvent, usualIntervalMs } from '#core/backtest.ts';
import type { TableOptions, TableRead } from '#ports/table.ts';
import { BAD, GOOD } from '#vocabulary/quality.ts';
import { parseDurationMs } from '#vocabulary/time.ts';
import { type Asked, backtestReport } from './backtest-report.ts';
import { type CliCommand, CommandFailure, EXIT, type ParsedArguments, type Terminal } from './command.ts';
import { readTable } from './table-failure.ts';

/** Stale limit when none is given, in usual intervals. */
const USUAL_INTERVALS = 3;

export const command: CliCommand = {
  name: 'backtest',
  summary: 'what a limit would have done on recorded data, on the code that runs live',
  options: [
    { name: 'csv', value: 'F', summary: 'recorded data: CSV with a header, or .parquet', required: true },
    { name: 'time', value: 'COLUMN', summary: 'column that holds the time', required: true },
    { name: 'value', value: 'COLUMN', summary: 'column that holds the value', required: true },
    { name: 'high', value: 'N', summary: 'limit that is broken from below, in the unit of the value' },
    { name: 'low', value: 'N', summary: 'limit that is broken from above; give one of the two' },
    { name: 'deadband', value: 'N', summary: 'how far back inside the value has to come', default: '0' },
    { name: 'on-delay', value: 'DURATION', summary: 'how long it has to last, for example 6h', default: '0' },
    { name: 'off-delay', value: 'DURATION', summary: 'how long it has to be gone', default: '0' },
    { name: 'quiet', value: 'DURATION', summary: 'a new alert within it joins the case', default: '24h' },
    { name: 'stale', value: 'DURATION', summary: 'no valid signal after it (3 × the usual interval)' },
    { name: 'events', value: 'F', summary: 'known events to score against: CSV with from,to,at' },
    { name: 'zone', value: 'Z', summary: 'IANA zone of times that carry none', default: 'UTC' },
    { name: 'date-order', value: 'ORDER', summary: 'dmy or mdy, where the dates cannot tell' },
  ],
  examples: [
    'throughline backtest --csv machine.csv --time timestamp --value value --low 65 --deadband 3 --on-delay 6h --off-delay 2h',
  ],
  run,
};

async function run(args: ParsedArguments, terminal: Terminal): Promise<0> {
  const startMs = performance.now();
  const asked = readAsked(args);
  const options = tableOptions(args);
  const wanted = [
    { name: asked.timeColumn, as: 'time' as const },
    { name: asked.valueColumn, as: 'number' as const },
  ];
  const table = await readTable(() =>
    openTable(asked.path).read(wanted, options, (done, total) => terminal.progress('Reading', done, total)),
  );
  const events = asked.eventsPath === null ? null : await readEvents(asked.eventsPath, options);
  const [timeMs, value] = table.columns as [Float64Array, Float64Array];
  const quality = qualityOf(value, table.badCells);
  const usualMs = usualIntervalMs(timeMs);
  const staleAfterMs = asked.staleMs ?? (usualMs === null ? null : USUAL_INTERVALS * usualMs);
  if (staleAfterMs === null) {
    throw new CommandFailure(
      'E-BACKTEST-005',
      'The rows do not tell how often the signal usually comes: no two follow each other in time.',
      'Give --stale, for example --stale 30m.',
      EXIT.failed,
    );
  }
  const result = backtest(
    { timeMs, value, quality },
    { staleAfterMs, condition: asked.condition },
    { quietMs: asked.quietMs, ...(events ? { events } : {}) },
  );
  const elapsedMs = performance.now() - startMs;
  if (args.json) terminal.data(JSON.stringify(asJson(result, table, elapsedMs)));
  else terminal.data(backtestReport(result, { ...asked, staleAfterMs, usualMs, table, events, elapsedMs }));
  return EXIT.ok;
}

/** Cells that hold no number are bad; a file without any needs no look at each. */
function qualityOf(value: Float64Array, badCells: number): Uint8Array {
  const quality = new Uint8Array(value.length).fill(GOOD);
  if (badCells === 0) return quality;
  for (let i = 0; i < value.length; i++) if (Number.isNaN(value[i])) quality[i] = BAD;
  return quality;
}

function asJson(result: BacktestResult, table: TableRead, elapsedMs: number): object {
  return { ...result, rejected: table.rejected.count, notes: table.notes, elapsedMs };
}

function readAsked(args: ParsedArguments): Asked {
  const high = args.values['high'];
  const low = args.values['low'];
  if ((high === undefined) === (low === undefined)) {
    throw usage(
      'E-BACKTEST-001',
      high === undefined ? 'No limit was given.' : 'Two limits were given; a monitor has one.',
      'Give --high N or --low N.',
    );
  }
  const deadband = number(args, 'deadband');
  if (deadband < 0) throw usage('E-BACKTEST-002', '--deadband is below 0.', 'Give 0 or more.');
  const staleMs = args.values['stale'] === undefined ? null : duration(args, 'stale');
  if (staleMs === 0)
    throw usage('E-BACKTEST-003', '--stale is 0.', 'Give the longest silence that is usual.');
  return {
    path: args.values['csv'] as string,
    timeColumn: args.values['time'] as string,
    valueColumn: args.values['value'] as string,
    eventsPath: args.values['events'] ?? null,
    condition: {
      kind: 'limit',
      direction: high === undefined ? 'low' : 'high',
      limit: number(args, high === undefined ? 'low' : 'high'),
      deadband,
      onDelayMs: duration(args, 'on-delay'),
      offDelayMs: duration(args, 'off-delay'),
    },
    quietMs: duration(args, 'quiet'),
    staleMs,
  };
}

function number(args: ParsedArguments, name: string): number {
  const text = args.values[name] ?? '0';
  const n = Number(text);
  if (text.trim() !== '' && Number.isFinite(n)) return n;
  throw usage(
    'E-BACKTEST-002',
    `--${name} "${text}" is no number.`,
    'Write a number with a decimal point, such as 4.5.',
  );
}

function duration(args: ParsedArguments, name: string): number {
  const text = args.values[name] ?? '0';
  const ms = parseDurationMs(text);
  if (ms !== null) return ms;
  throw usage(
    'E-BACKTEST-003',
    `--${name} "${text}" is no duration.`,
    'Write a number with a unit, such as 30s, 15m, 6h or 2d.',
  );
}

function tableOptions(args: ParsedArguments): TableOptions {
  const order = args.values['date-order'];
  if (order !== undefined && order !== 'dmy' && order !== 'mdy') {
    throw usage('E-BACKTEST-004', `--date-order "${order}" is not known.`, 'Give dmy or mdy.');
  }
  return { zone: args.values['zone'] ?? 'UTC', dateOrder: order ?? null };
}

async function readEvents(path: string, options: TableOptions): Promise<KnownEvent[]> {
  const wanted = ['from', 'to', 'at'].map((name) => ({ name, as: 'time' as const }));
  const table = await readTable(() => openTable(path).read(wanted, options));
  const bad = table.rejected.first[0];
  if (bad) {
    throw new CommandFailure(
      'E-BACKTEST-006',
      `Line ${bad.line} of ${path} has a time that cannot be read: "${bad.text}".`,
      'Mend the line: a score that leaves an event out would be wrong.',
    );
  }
  const [from, to, at] = table.columns as [Float64Array, Float64Array, Float64Array];
  return Array.from(from, (fromMs, i) => {
    const event = { fromMs, toMs: to[i] as number, atMs: at[i] as number };
    if (event.toMs >= fromMs) return event;
    throw new CommandFailure(
      'E-BACKTEST-007',
      `Event ${i + 1} of ${path} ends before it starts.`,
      'Swap from and to.',
    );
  });
}

function usage(code: string, message: string, mend: string): CommandFailure {
  return new CommandFailure(code, message, mend, EXIT.usage);
}
