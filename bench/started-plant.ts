// A plant in a process of its own, as a start finds it: it says when it is ready, answers questions, and weighs itself.
import { SimulatedClient } from '#app/demo/client.ts';
import { startBenchPlant } from './bench-plant.ts';

/** What the parent may ask for. */
export type Question =
  /** resident memory after this long without work */
  | { kind: 'memory'; afterMs: number }
  /** times of so many GETs of each path, one after another, ms */
  | { kind: 'lists'; paths: string[]; times: number }
  | { kind: 'stop' };

export interface Ready {
  /** from the start of the process */
  readyMs: number;
  /** of these, what the writer took to come back from its journal */
  recoverMs: number;
  fromSnapshot: boolean;
  facts: number;
}

const WARM_UP = 20;

process.once('message', (dataDir: string) => void run(dataDir));

async function run(dataDir: string): Promise<void> {
  const plant = await startBenchPlant(dataDir);
  const { elapsedMs, fromSnapshot, facts } = plant.site.recovery;
  process.send?.(['ready', { readyMs: performance.now(), recoverMs: elapsedMs, fromSnapshot, facts }]);
  process.on('message', (question: Question) => {
    answer(question).catch((failure: Error) => {
      throw failure;
    });
  });

  async function answer(question: Question): Promise<void> {
    switch (question.kind) {
      case 'memory':
        await new Promise((resolve) => setTimeout(resolve, question.afterMs));
        process.send?.(['memory', process.memoryUsage().rss]);
        return;
      case 'lists':
        process.send?.(['lists', await listTimes(question.paths, question.times)]);
        return;
      case 'stop':
        await plant.stop();
        process.send?.('stopped');
        process.disconnect();
    }
  }

  async function listTimes(paths: string[], times: number): Promise<{ ms: number[]; bytes: number }[]> {
    const client = await SimulatedClient.enter(
      plant.url,
      plant.identity.createFirstLink('bench.ada'),
      'bench.ada',
    );
    const found: { ms: number[]; bytes: number }[] = [];
    for (const path of paths) {
      const ms: number[] = [];
      let bytes = 0;
      for (let turn = -WARM_UP; turn < times; turn++) {
        const startedMs = performance.now();
        const body = await client.get<object>(path);
        if (turn >= 0) ms.push(performance.now() - startedMs);
        else bytes = JSON.stringify(body).length;
      }
      found.push({ ms, bytes });
    }
    return found;
  }
}
