import { readOrders } from '#app/tables/orders.ts';
import { isTooFew } from '#strategy/reliability/answer.ts';
import { type ModeReliability, type ModeTrend, reliability } from '#views/reliability.ts';
import { type CliCommand, EXIT } from './command.ts';
import { dataDirOf, dataOption } from './data-folder.ts';
import { noPlant } from './import-list.ts';
import { inWords } from './import-table.ts';

/** Lines of each part for people; --json has all. */
const MAX_LINES = 20;

/** `throughline reliability`: do failures come with age, and more often than before? */
export const command: CliCommand = {
  name: 'reliability',
  summary: 'Wear-out and trend per failure mode from the imported orders, or how many failures are missing',
  options: [dataOption],
  examples: ['throughline reliability', 'throughline reliability --json'],
  async run(args, terminal) {
    const dataDir = dataDirOf(args);
    const history = await readOrders(dataDir).catch((failure: unknown) => {
      throw inWords(failure);
    });
    if (history === null) throw noPlant(dataDir);
    const found = reliability(history.orders);
    if (args.json) {
      terminal.data(JSON.stringify({ unit: 'calendar days', ...found }));
      return EXIT.ok;
    }
    if (found.modes.length === 0) {
      terminal.data('No imported order names a failure mode.');
      return EXIT.ok;
    }
    terminal.data('Calendar days, not running hours. Repairs are taken to make a part as good as new.');
    for (const mode of found.modes.slice(0, MAX_LINES)) terminal.data(ages(mode));
    for (const one of found.trends.slice(0, MAX_LINES)) terminal.data(trend(one));
    const more = found.modes.length + found.trends.length - 2 * MAX_LINES;
    if (more > 0) terminal.data('There is more; --json has all.');
    return EXIT.ok;
  },
};

function ages({ failureMode, assets, failures, ages: found }: ModeReliability): string {
  const head = `${failureMode}: ${failures} failures of ${assets} assets, ${found.failures} at a known age.`;
  if (isTooFew(found)) return `${head} ${found.message}`;
  const [low, high] = found.shapeInterval.map((value) => value.toFixed(2));
  const pattern = typeof found.pattern === 'string' ? `Pattern: ${found.pattern}.` : found.pattern.message;
  return `${head} Shape ${found.shape.toFixed(2)} (90 %: ${low} to ${high}), one in ten by day ${found.b10.toFixed(0)}, mean ${found.mean.toFixed(0)} days. ${pattern}`;
}

function trend({ asset, failureMode, failures, trend: found }: ModeTrend): string {
  const head = `${failureMode} on ${asset}, ${failures} failures:`;
  if (isTooFew(found)) return `${head} ${found.message}`;
  return `${head} ${found.says} (beta ${found.unbiasedBeta.toFixed(2)}, p ${found.pValue.toFixed(3)}), now every ${found.mtbfNow.toFixed(0)} days.`;
}
