// A young plant at rest: what it weighs, and how quickly it answers lists of fifty.
import { emptyBatch } from '#vocabulary/sample.ts';
import { benchFolder, describedBenchPlant, LOUD } from './bench-plant.ts';
import { percentiles, single } from './figures.ts';
import type { Section } from './measure.ts';
import { said, startSender } from './sending.ts';
import type { Question } from './started-plant.ts';

const MONITORS = 50;
const SETTLE_MS = 20_000;
const TIMES = 500;
const MB = 1e6;
const PATHS = ['/alert', '/audit?limit=50', '/monitor', '/today'];

export const idleSection: Section = {
  name: 'idle',
  summary: 'memory of a plant at rest, and lists over HTTP',
  async run(options) {
    const folder = benchFolder('idle');
    try {
      await makePlant(folder.dir);
      const plant = startSender('started-plant.ts', folder.dir);
      await said(plant, 'ready');
      const ask = async (question: Question, word: string): Promise<unknown> => {
        plant.send(question);
        return said(plant, word);
      };
      options.say('  at rest');
      const rss = (await ask({ kind: 'memory', afterMs: SETTLE_MS }, 'memory')) as number;
      options.say('  lists');
      const question: Question = { kind: 'lists', paths: PATHS, times: TIMES };
      const lists = (await ask(question, 'lists')) as { ms: number[]; bytes: number }[];
      const after = (await ask({ kind: 'memory', afterMs: 0 }, 'memory')) as number;
      await ask({ kind: 'stop' }, 'stopped');
      return {
        section: 'idle',
        about: [
          `A plant of ${MONITORS} monitors and ${MONITORS} alerts; the client is in the same process. Aims: 350 MB at rest, p99 of a list of 50 5 ms.`,
          ...PATHS.map((path, k) => `GET ${path}: ${lists[k]?.bytes.toLocaleString('en')} bytes.`),
        ],
        measured: [
          single(`resident memory ${SETTLE_MS / 1_000} s after the start`, 'MB', rss / MB),
          single('  and after the lists', 'MB', after / MB),
          ...PATHS.flatMap((path, k) => percentiles(`GET ${path}`, 'ms', lists[k]?.ms ?? [])),
        ],
        ratios: [],
      };
    } finally {
      folder.remove();
    }
  },
};

/** Every monitor has raised its alert, and the plant is stopped again. */
async function makePlant(dir: string): Promise<void> {
  const plant = await describedBenchPlant(dir, MONITORS);
  try {
    const batch = emptyBatch(MONITORS);
    batch.length = MONITORS;
    for (let n = 0; n < MONITORS; n++) {
      batch.signal[n] = n;
      batch.timeMs[n] = Date.now();
      batch.value[n] = LOUD;
    }
    await plant.site.accept(batch, null);
    if (plant.site.state().alert.alerts.size !== MONITORS)
      throw new Error('not every monitor raised its alert');
  } finally {
    await plant.stop();
  }
}
