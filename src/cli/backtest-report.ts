import type { BacktestMonitor, BacktestResult, KnownEvent } from '#core/backtest.ts';
import type { TableRead } from '#ports/table.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#vocabulary/time.ts';

/** What the command line asked for. */
export interface Asked {
  path: string;
  timeColumn: string;
  valueColumn: string;
  eventsPath: string | null;
  condition: Extract<BacktestMonitor['condition'], { kind: 'limit' }>;
  quietMs: number;
  staleMs: number | null;
}

export interface Reported extends Asked {
  staleAfterMs: number;
  usualMs: number | null;
  table: TableRead;
  events: KnownEvent[] | null;
  elapsedMs: number;
}

const MAX_ROWS_SHOWN = 40;

/** The result as a person reads it. */
export function backtestReport(result: BacktestResult, asked: Reported): string {
  const { alerts, notifications } = result;
  return [
    ...headOf(result, asked),
    '',
    `Alerts: ${alerts.length}${aWeek(result.alertsPerWeek)}`,
    ...table(
      ['raised', 'cleared', 'held', 'worst'],
      alerts.map((a) => [
        minute(a.raisedAt),
        minute(a.clearedAt),
        held(a.raisedAt, a.clearedAt),
        figure(a.extreme),
      ]),
    ),
    '',
    `Notifications: ${notifications.length}${aWeek(result.notificationsPerWeek)}`,
    ...table(
      ['opened', 'closed', 'alerts'],
      notifications.map((n) => [minute(n.openedAt), minute(n.closedAt), String(n.alerts)]),
    ),
    ...blindOf(result),
    ...scoreOf(result, asked),
    '',
    'What this cannot say: no person answered, so only alerts and quiet time make a case; whether anybody could',
    'have acted in time; and what happens beyond this record.',
  ].join('\n');
}

function headOf(result: BacktestResult, asked: Reported): string[] {
  const { condition, table: read } = asked;
  const usual =
    asked.staleMs === null && asked.usualMs !== null ? ` (3 × the usual ${span(asked.usualMs)})` : '';
  return [
    `${asked.path}, "${asked.valueColumn}", ${minute(result.from)} to ${minute(result.to)} UTC`,
    `${condition.direction === 'low' ? 'Low' : 'High'} limit ${condition.limit}, deadband ${condition.deadband}, ` +
      `on-delay ${span(condition.onDelayMs)}, off-delay ${span(condition.offDelayMs)}, quiet ${span(asked.quietMs)}, ` +
      `no valid signal after ${span(asked.staleAfterMs)}${usual}`,
    `${result.samples} samples: ${result.used} used, ${result.bad} bad, ${result.late} late, ` +
      `${result.duplicates} repeated, ${result.future} future; ${result.gaps} gaps. ${(asked.elapsedMs / 1_000).toFixed(1)} s`,
    ...(read.rejected.count > 0
      ? [`${read.rejected.count} rows without a readable time were left out: ${rejectedOf(read)}`]
      : []),
    ...read.notes,
  ];
}

function rejectedOf(read: TableRead): string {
  return read.rejected.first.map((row) => `line ${row.line} "${row.text}"`).join(', ');
}

function blindOf(result: BacktestResult): string[] {
  if (result.blind.length === 0) return [];
  return [
    '',
    `No valid signal: ${result.blind.length} times`,
    ...table(
      ['from', 'to', 'length'],
      result.blind.map((b) => [minute(b.from), minute(b.to), held(b.from, b.to)]),
    ),
  ];
}

function scoreOf(result: BacktestResult, asked: Reported): string[] {
  const { score } = result;
  if (score === null || asked.events === null)
    return ['', 'No known events were given (--events), so nothing is scored.'];
  const precision =
    score.precision === null ? 'none, as there is no notification' : score.precision.toFixed(2);
  return [
    '',
    `Known events: ${score.caught} of ${score.events} caught; precision ${precision}`,
    ...table(
      ['event', 'lead'],
      asked.events.map((event, i) => {
        const lead = score.leadHours[i];
        const told = lead === null || lead === undefined ? 'missed' : `${lead.toFixed(1)} h`;
        return [minute(new Date(event.atMs).toISOString()), told];
      }),
    ),
  ];
}

function table(head: string[], rows: string[][]): string[] {
  if (rows.length === 0) return [];
  const shown = [head, ...rows.slice(0, MAX_ROWS_SHOWN)];
  const width = head.map((_, k) => Math.max(...shown.map((row) => (row[k] as string).length)));
  const lines = shown.map((row) =>
    `  ${row.map((cell, k) => cell.padEnd(width[k] as number)).join('  ')}`.trimEnd(),
  );
  if (rows.length > MAX_ROWS_SHOWN) lines.push(`  … ${rows.length - MAX_ROWS_SHOWN} more; --json lists all`);
  return lines;
}

function minute(iso: string | null): string {
  return iso === null ? '-' : iso.slice(0, 16).replace('T', ' ');
}

function held(from: string, to: string | null): string {
  return to === null ? 'still' : span(Date.parse(to) - Date.parse(from));
}

function span(ms: number): string {
  const units: [number, string][] = [
    [2 * DAY_MS, 'd'],
    [HOUR_MS, 'h'],
    [MINUTE_MS, 'min'],
    [SECOND_MS, 's'],
  ];
  const [from, unit] = units.find(([least]) => ms >= least) ?? [1, 'ms'];
  return `${Number((ms / (unit === 'd' ? DAY_MS : from)).toFixed(1))} ${unit}`;
}

function aWeek(rate: number | null): string {
  return rate === null ? '' : ` (${rate.toFixed(2)} a week)`;
}

function figure(x: number): string {
  return String(Number(x.toPrecision(6)));
}
