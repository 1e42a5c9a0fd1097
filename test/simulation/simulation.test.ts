// Many short lives of one site, each from a seed. More of them: SEEDS=2000 npx vitest run test/simulation
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describingCommands, planFrom } from './described.ts';
import { breaches } from './invariants.ts';
import { Run } from './run.ts';
import { START_MS, World } from './world.ts';

const SEEDS = Number(process.env['SEEDS'] ?? 60);
const FIRST = Number(process.env['FIRST_SEED'] ?? 1);
let base: World;

beforeAll(async () => {
  base = await World.open(null);
  const plan = await planFrom(join(import.meta.dirname, 'plan.yaml'));
  await base.describe(await describingCommands(plan, START_MS));
  await base.close();
});
afterAll(() => base.remove());

async function live(seed: number): Promise<{ run: Run; facts: number }> {
  const world = await World.open(base.dir);
  const run = new Run(world, seed);
  try {
    await run.live();
    await world.close();
    expect(await breaches(run)).toEqual([]);
    return { run, facts: world.line.state.facts };
  } catch (failure) {
    const again = `SEEDS=1 FIRST_SEED=${seed} npx vitest run test/simulation`;
    throw new Error(`seed ${seed} (again: ${again}): ${(failure as Error).message}`, { cause: failure });
  } finally {
    await world.remove();
  }
}

it(`keeps its promises through ${SEEDS} lives with crashes, a full disk and bad input`, async () => {
  const sums = {
    crashes: 0,
    archives: 0,
    blocked: 0,
    setAside: 0,
    facts: 0,
    cases: 0,
    orders: 0,
    entries: 0,
    reworks: 0,
  };
  for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
    const { run, facts } = await live(seed);
    const { work, outcome } = run.world.line.state;
    sums.crashes += run.crashes;
    sums.archives += run.archives;
    sums.blocked += run.world.blockedTimes;
    sums.setAside += run.world.setAside.length;
    sums.facts += facts;
    sums.cases += work.cases.size;
    sums.orders += [...work.orders.values()].filter((order) => order.status === 'finished').length;
    sums.entries += outcome.entries.size;
    sums.reworks += [...work.cases.values()].reduce((sum, one) => sum + one.reworks, 0);
  }
  process.stderr.write(`simulation: ${SEEDS} lives, ${JSON.stringify(sums)}\n`);
  // A simulation in which nothing happens would pass too.
  if (SEEDS < 20) return;
  for (const [what, sum] of Object.entries(sums)) expect(sum, what).toBeGreaterThan(0);
}, 600_000);
