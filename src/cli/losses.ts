import { readOrders } from '#app/tables/orders.ts';
import type { OrderHistory } from '#ports/table-desk.ts';
import { badActors } from '#strategy/reliability/bad-actors.ts';
import { isoUtc } from '#vocabulary/time.ts';
import { type Loss, LOSSES_BY, losses, type LossesBy } from '#views/losses.ts';
import {
  type CliCommand,
  CommandFailure,
  EXIT,
  type ExitCode,
  type ParsedArguments,
  type Terminal,
} from './command.ts';
import { dataDirOf, dataOption } from './data-folder.ts';
import { noPlant } from './import-list.ts';
import { inWords } from './import-table.ts';

const MINOR_PER_MAJOR = 100;
/** Lines of a Pareto for people; --json has all. */
const MAX_LINES = 20;

/** `throughline losses`: where it hurts, from the plant's own work orders. */
export const command: CliCommand = {
  name: 'losses',
  summary: 'Where it hurts: cost, count and downtime of the imported work orders',
  options: [
    { name: 'by', value: 'WHAT', summary: 'asset, failure-mode or class', default: 'asset' },
    dataOption,
  ],
  examples: ['throughline losses --by asset', 'throughline losses --by failure-mode --json'],
  run,
};

async function run(args: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const by = LOSSES_BY.find((word) => word === args.values['by']);
  if (by === undefined) {
    throw new CommandFailure(
      'E-LOSSES-001',
      `--by ${args.values['by']} is not known.`,
      `Give one of: ${LOSSES_BY.join(', ')}.`,
      EXIT.usage,
    );
  }
  const dataDir = dataDirOf(args);
  const history = await readOrders(dataDir).catch((failure: unknown) => {
    throw inWords(failure);
  });
  if (history === null) throw noPlant(dataDir);
  const found = losses(history.orders, by);
  if (args.json) {
    terminal.say(`cost in ${history.currency ?? 'a currency that nobody named'}`);
    terminal.data(JSON.stringify(found.map(asJson)));
  } else for (const line of report(found, by, history)) terminal.data(line);
  return EXIT.ok;
}

/** Cost in major units. */
function asJson({ key, orders, costMinor, downtimeH, share }: Loss): object {
  return { key, orders, cost: costMinor / MINOR_PER_MAJOR, downtimeH, share };
}

function report(found: readonly Loss[], by: LossesBy, { orders, currency }: OrderHistory): string[] {
  if (orders.length === 0) return ['No work orders were imported: throughline import work-orders FILE.'];
  let share = 0;
  const lines = found.slice(0, MAX_LINES).map((loss) => {
    share += loss.share ?? 0;
    const downtime = loss.downtimeH === null ? '' : `, ${loss.downtimeH.toFixed(1)} h down`;
    const cost = `${money(loss.costMinor)} ${currency ?? ''}`.trim();
    return `${percent(loss.share)}  (${percent(share)} so far)  ${loss.key}: ${cost}, ${loss.orders} orders${downtime}`;
  });
  if (found.length > MAX_LINES) lines.push(`... and ${found.length - MAX_LINES} more; --json has all.`);
  const [fromMs, untilMs] = spanOf(orders);
  lines.unshift(
    `${orders.length} orders, ${isoUtc(fromMs).slice(0, 10)} to ${isoUtc(untilMs).slice(0, 10)}, by ${by}:`,
  );
  if (!found.some((loss) => loss.downtimeH !== null))
    lines.push('Downtime: no order says anything about it.');
  if (currency === null) lines.push('Money: no currency was said when the orders were imported.');
  const { repeats } = badActors(orders, untilMs);
  for (const { asset, failureMode, times } of repeats.slice(0, MAX_LINES)) {
    lines.push(
      `Comes back: ${failureMode} on ${asset}, ${times} times in the last 12 months of the history.`,
    );
  }
  return lines;
}

function spanOf(orders: OrderHistory['orders']): [number, number] {
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { startMs } of orders) {
    from = Math.min(from, startMs);
    until = Math.max(until, startMs);
  }
  return [from, until];
}

function money(minor: number): string {
  return (minor / MINOR_PER_MAJOR).toLocaleString('en', { maximumFractionDigits: 0 });
}

function percent(share: number | null): string {
  return share === null ? '  -  ' : `${(share * 100).toFixed(1).padStart(5)} %`;
}
