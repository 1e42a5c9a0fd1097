// Many short lives of one site, each from a seed. More of them: SEEDS=2000 npx vitest run test/simulation
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describingCommands, planFrom } from './described.ts';
import { breaches } from './invariants.ts';
import { Run } from './run.ts';
import { START_MS, World } from './world.ts';

const SEEDS = Number(process.env['SEEDS'] ?? 80);
/** More monitors on one signal than one cause may have facts. */
const MANY = 100;
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
    offers: 0,
    operatorFirst: 0,
    merges: 0,
    splits: 0,
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
    sums.offers += [...work.cases.values()].filter((one) => one.offer !== null).length;
    sums.operatorFirst += [...work.cases.values()].filter((one) => one.firstSeenBy === 'operator').length;
    sums.merges += [...work.cases.values()].filter((one) => one.mergedInto !== null).length;
    sums.splits += [...work.cases.values()].filter((one) => one.splitOf !== null).length;
    sums.reworks += [...work.cases.values()].reduce((sum, one) => sum + one.reworks, 0);
  }
  process.stderr.write(`simulation: ${SEEDS} lives, ${JSON.stringify(sums)}\n`);
  // A simulation in which nothing happens would pass too.
  if (SEEDS < 20) return;
  const { reworks: _rare, ...common } = sums;
  for (const [what, sum] of Object.entries(common)) expect(sum, what).toBeGreaterThan(0);
}, 600_000);

it('takes one batch that changes the state of every monitor of a site', async () => {
  const plan = await planFrom(join(import.meta.dirname, 'plan.yaml'));
  const trial = plan.monitors.find((one) => one.monitorId === 'temp-trial') as (typeof plan.monitors)[number];
  for (let n = 0; n < MANY; n++) plan.monitors.push({ ...trial, monitorId: `copy-${n}` });
  const world = await World.open(null);
  try {
    await world.describe(await describingCommands(plan, START_MS));
    const signal = world.line.state.acquire.index.get('sim.temp') as number;
    for (const minute of [0, 3]) {
      const batch = { signal: Uint32Array.of(signal), timeMs: Float64Array.of(START_MS + minute * 60_000) };
      const rest = { value: Float64Array.of(40), quality: new Uint8Array(1), length: 1 };
      const taken = world.writer.submit({ kind: 'batch', batch: { ...batch, ...rest }, receivedMs: null });
      await Promise.race([taken, world.untilCut()]);
      expect(world.fatal).toBeNull();
    }
    expect(world.fatal).toBeNull();
    expect(world.line.state.alert.active.size).toBeGreaterThan(MANY);
    // and all of them fall silent in one tick
    await world.drive(START_MS + 60 * 60_000);
    expect(world.fatal).toBeNull();
    await world.close();
  } finally {
    await world.remove();
  }
}, 30_000);
