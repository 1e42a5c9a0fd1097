// How long a plant takes to come back, with a snapshot and without, and what it weighs.
import { openJournal } from '#adapters/store/sqlite/journal.ts';
import { auditVerify } from '#adapters/store/sqlite/verify.ts';
import { benchFolder } from './bench-plant.ts';
import { percentiles, single } from './figures.ts';
import { writeLongLife } from './long-life.ts';
import { type BenchOptions, type Measured, type Section, summary } from './measure.ts';
import { said, startSender } from './sending.ts';
import type { Question, Ready } from './started-plant.ts';

const FACTS = 1_000_000;
const QUICK_FACTS = 50_000;
const MB = 1e6;
const SETTLE_MS = 15_000;
const LISTS = ['/audit?limit=50', '/alert', '/work', '/today'];

export const restartSection: Section = {
  name: 'restart',
  summary: 'coming back from a journal of a million facts',
  async run(options) {
    const folder = benchFolder('restart');
    try {
      const wanted = options.quick ? QUICK_FACTS : FACTS;
      options.say(`  writing a journal of ${wanted.toLocaleString('en')} facts`);
      const life = await writeLongLife(folder.dir, wanted, true, () => undefined);
      const measured: Measured[] = [];
      measured.push(...(await starts(folder.dir, 'with a snapshot', options.quick ? 3 : 5, options)));
      const big = await started(folder.dir);
      const { rss, lists } = await weighed(big.process);
      measured.push(single('resident memory at rest', 'MB', rss / MB));
      for (const [k, path] of LISTS.entries()) {
        measured.push(...percentiles(`GET ${path}`, 'ms', lists[k]?.ms ?? []));
      }
      const verifiedMs = performance.now();
      auditVerify(folder.dir);
      measured.push(single('audit verify of all', 'ms', performance.now() - verifiedMs));
      await discardSnapshot(folder.dir);
      measured.push(...(await starts(folder.dir, 'without a snapshot', 1, options)));
      return {
        section: 'restart',
        about: [
          `${life.facts.toLocaleString('en')} facts of ${life.inputs.toLocaleString('en')} inputs, ${life.cases.toLocaleString('en')} cases; each start in a new process, to HTTP and broker open.`,
          'Aim: 3 s with a snapshot. Without one every input is judged again.',
        ],
        measured,
        ratios: [],
      };
    } finally {
      folder.remove();
    }
  },
};

/** Starts so often, and leaves each time without a new snapshot to write. */
async function starts(dir: string, how: string, times: number, options: BenchOptions): Promise<Measured[]> {
  const ready: number[] = [];
  const recover: number[] = [];
  for (let turn = 0; turn < times; turn++) {
    options.say(`  start ${turn + 1} of ${times} ${how}`);
    const { process: plant, ready: one } = await started(dir);
    if (one.fromSnapshot !== (how === 'with a snapshot')) throw new Error(`the plant did not start ${how}`);
    ready.push(one.readyMs);
    recover.push(one.recoverMs);
    // killed, so that it writes no snapshot that the next start would find
    plant.kill('SIGKILL');
    await new Promise((resolve) => plant.once('exit', resolve));
  }
  return [summary(`ready ${how}`, 'ms', ready), summary('  of these, journal to state', 'ms', recover)];
}

async function started(dir: string) {
  const plant = startSender('started-plant.ts', dir);
  const ready = (await said(plant, 'ready')) as Ready;
  return { process: plant, ready };
}

async function weighed(plant: Awaited<ReturnType<typeof started>>['process']) {
  const ask = async (question: Question, word: string): Promise<unknown> => {
    plant.send(question);
    return said(plant, word);
  };
  const rss = (await ask({ kind: 'memory', afterMs: SETTLE_MS }, 'memory')) as number;
  const lists = (await ask({ kind: 'lists', paths: LISTS, times: 100 }, 'lists')) as { ms: number[] }[];
  plant.kill('SIGKILL');
  await new Promise((resolve) => plant.once('exit', resolve));
  return { rss, lists };
}

/** A snapshot of a format that nobody reads takes the place of the good one. */
async function discardSnapshot(dir: string): Promise<void> {
  const journal = openJournal(dir, { site: 'bench' });
  const { facts, intakeSeq, hash } = journal.head();
  await journal.saveSnapshot({ facts, intakeSeq, hash, format: 'none', state: new Uint8Array(1) });
  await journal.close();
}
