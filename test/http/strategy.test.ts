import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  AssetSheetView,
  CharterView,
  HandReadingView,
  LibraryEntry,
  PilotListView,
  RoundsView,
  StartView,
  StrategyView,
} from '#api/contract.ts';
import type { DataRoom } from '#api/site.ts';
import type { Batch } from '#vocabulary/sample.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { problem, Rig } from './rig.ts';

const NOW_MS = Date.UTC(2026, 10, 23);
let rig: Rig;
let ana: { id: string; cookie: string };
const batches: Batch[] = [];

const DATA: DataRoom = {
  readings: () => null,
  series: () => Promise.reject(new Error('no samples here')),
  sources: () => {
    throw new Error('no sources here');
  },
  accept: (batch) => {
    batches.push(batch);
    return Promise.resolve();
  },
  journal: () => Promise.resolve({ length: 0, hash: '0'.repeat(64) }),
  facts: () => Promise.resolve([]),
};

let administrator = '';
beforeEach(async () => {
  batches.length = 0;
  rig = await Rig.start({ data: DATA });
  administrator = await rig.asAdministrator();
  ana = await rig.invited(administrator, ['reliability engineer'], 'ana@re.example');
});
afterEach(async () => {
  await rig?.close();
});

async function post(path: string, body: unknown, cookie = ana.cookie) {
  return rig.ask('POST', `/api/v1${path}`, { body, cookie });
}
async function get<T>(path: string, cookie = ana.cookie): Promise<T> {
  const asked = await rig.ask('GET', `/api/v1${path}`, { cookie });
  expect(asked.status, JSON.stringify(asked.body)).toBe(200);
  return asked.body as T;
}

const MACHINES = ['Filler 2', 'Product pump', 'Capper', 'Conveyor 8', 'Chiller'].map((name, n) => ({
  name,
  equipmentClass: name === 'Product pump' ? 'centrifugal pump' : '',
  whatStops: 'line 2',
  hoursPerYear: 10 + n,
  costMinorPerYear: 100_000 * n,
  stopHourMinor: null,
}));

function answers(assetId: string) {
  return {
    assetId,
    whatFails: 'bearing wears out',
    library: {
      group: 'bearing',
      position: 'drive-end bearing',
      iso14224: 'VIB',
      mechanism: '2.4',
      cause: 'wear and tear',
      pfMinMs: 30 * DAY_MS,
    },
    stopHourMinor: 120_000,
    signal: { kind: 'hand', name: 'bearing temperature', unit: '°C', everyMs: 7 * DAY_MS },
    limit: { direction: 'high', value: 80, source: 'maker', grade: 'estimated' },
    delay: { onDelayMs: 0, offDelayMs: 7 * DAY_MS },
    firstAction: 'listen at the bearing',
    crew: { kind: 'new', name: 'MECH-B', technicians: [ana.id] },
    withinMs: 14 * DAY_MS,
    owner: ana.id,
  };
}

async function named(): Promise<string> {
  const made = await post('/strategy/start/machines', { machines: MACHINES });
  expect(made.status, JSON.stringify(made.body)).toBe(200);
  return (made.body as { assetIds: string[] }).assetIds[1] as string;
}

describe('one reliability engineer without data', () => {
  it('comes from five machines to a monitor on trial with a reading, and sees what is missing', async () => {
    const pump = await named();
    expect(pump).toBe('t1.Product-pump');
    const before = await get<StartView>('/strategy/start');
    expect(before.steps.find((step) => step.word === 'machines')).toMatchObject({ done: true });
    expect(before.machines[0]?.loss?.costMinorPerYear).toMatchObject({ grade: 'estimated', by: ana.id });
    const begun = await post('/monitor/from-answers', answers(pump));
    expect(begun.status, JSON.stringify(begun.body)).toBe(200);
    const { monitorId, signalId } = begun.body as { monitorId: string; signalId: string };
    expect(rig.site.state().monitor.monitors.get(monitorId)?.lifecycle).toBe('trial');
    const rounds = await get<RoundsView>('/acquire/round');
    expect(rounds.rounds[0]).toMatchObject({ name: 'Weekly round', dueMs: NOW_MS });
    const entered = await post('/acquire/reading', {
      how: 'phone',
      readings: [{ signalId, atMs: NOW_MS - 1_000, value: 71 }],
    });
    expect(entered.status, JSON.stringify(entered.body)).toBe(200);
    expect(batches).toHaveLength(1);
    expect([...(batches[0]?.value ?? [])]).toEqual([71]);
    const one = await get<HandReadingView>(`/acquire/reading/${signalId}`);
    expect(one).toMatchObject({ asked: true, dueMs: NOW_MS - 1_000 + 7 * DAY_MS, limit: { value: 80 } });
    const after = await get<StartView>('/strategy/start');
    expect(after.steps.find((step) => step.word === 'trial')?.done).toBe(true);
    const gaps = after.gaps.map((gap) => gap.words).join('\n');
    expect(gaps).toContain('Who answers for "Fewer unplanned stops"?');
    expect(gaps).toContain('Who stands behind the P-F interval of "bearing wears out"?');
    expect(gaps).toContain('How does Chiller fail?');
  });

  it('asked again after a lost answer adds nothing', async () => {
    const pump = await named();
    const key = crypto.randomUUID();
    const options = { body: answers(pump), cookie: ana.cookie, key };
    const first = await rig.ask('POST', '/api/v1/monitor/from-answers', options);
    const facts = rig.site.state().facts;
    const again = await rig.ask('POST', '/api/v1/monitor/from-answers', options);
    expect(again.body).toEqual(first.body);
    expect(rig.site.state().facts).toBe(facts);
    const machines = await post('/strategy/start/machines', { machines: MACHINES });
    expect((machines.body as { facts: number }).facts).toBe(0);
  });

  it('names every answer that the trial door still misses', async () => {
    const pump = await named();
    const wrong = { ...answers(pump), delay: { onDelayMs: 0, offDelayMs: 0 } };
    const asked = await post('/monitor/from-answers', wrong);
    expect(asked.status).toBe(422);
    expect(problem(asked).items?.map((item) => item.code)).toEqual(['E-GATE-106']);
    const mended = await post('/monitor/from-answers', answers(pump));
    expect(mended.status, JSON.stringify(mended.body)).toBe(200);
    expect(rig.site.state().monitor.monitors.size).toBe(1);
  });

  it('refuses a reading that no monitor asks for, and one that a device sends', async () => {
    const asked = await post('/acquire/reading', {
      how: 'paper',
      readings: [{ signalId: 't1.nothing', atMs: NOW_MS, value: 1 }],
    });
    expect(problem(asked).code).toBe('E-ACQUIRE-011');
    expect(batches).toEqual([]);
  });

  it('takes defaults from the starter library', async () => {
    const entries = await get<LibraryEntry[]>('/strategy/library?equipmentClass=centrifugal%20pump');
    expect(entries.map((entry) => entry.iso14224)).toContain('VIB');
    expect(entries.every((entry) => entry.equipmentClass === 'centrifugal pump')).toBe(true);
  });
});

describe('what matters', () => {
  it('is scored by a team after one answer, and the asset says so', async () => {
    const pump = await named();
    const path = `/strategy/asset/${pump}`;
    const first = await post(`${path}/first-criticality`, { stop: 'line stops', atRisk: [] });
    expect(first.status).toBe(200);
    expect((await get<AssetSheetView>(path)).criticality).toMatchObject({
      basis: 'first answer',
      class: 'B',
    });
    const scores = { safety: 1, environment: 1, foodSafety: 4, production: 4, cost: 3 };
    const team = { class: 'A', consequence: scores, likelihood: 4, assessedBy: [ana.id, 'p-other'] };
    expect((await post(`${path}/criticality`, { ...team, class: 'C' })).status).toBe(422);
    expect((await post(`${path}/criticality`, team)).status).toBe(200);
    expect((await get<AssetSheetView>(path)).criticality).toMatchObject({ basis: 'team', score: 16 });
  });

  it('has an objective with one A, a frozen baseline and weeks of the line', async () => {
    const body = {
      name: 'Higher OEE',
      kpi: 'oee',
      unit: '%',
      target: 68,
      dueMs: NOW_MS + 365 * DAY_MS,
      valuePerUnitMinor: { value: 250_000, grade: 'estimated' },
      contributors: [
        { personId: ana.id, as: 'A' },
        { personId: 'p-tom', as: 'R' },
      ],
    };
    const two = { ...body, contributors: body.contributors.map((one) => ({ ...one, as: 'A' })) };
    expect(problem(await post('/strategy/objective', two)).code).toBe('E-STRATEGY-041');
    expect((await post('/strategy/objective', { ...body, kpi: 'happiness' })).status).toBe(400);
    const made = await post('/strategy/objective', body);
    const { objectiveId } = made.body as { objectiveId: string };
    const path = `/strategy/objective/${objectiveId}`;
    const baseline = { value: 61.2, fromMs: NOW_MS - 365 * DAY_MS, toMs: NOW_MS };
    expect((await post(`${path}/baseline`, baseline)).status).toBe(200);
    const moved = await post(`${path}/baseline`, { ...baseline, value: 50 });
    expect(problem(moved).code).toBe('E-STRATEGY-047');
    const weeks = { weeks: [{ week: '2026-W48', state: 'sold out' }] };
    expect((await post('/strategy/line-state', weeks)).status).toBe(200);
    expect((await post(path, { ...body, target: 70 })).status).toBe(200);
    const view = await get<StrategyView>('/strategy');
    expect(view.objectives[0]).toMatchObject({
      accountable: ana.id,
      baseline: 61.2,
      target: 70,
      frozen: { imports: 0 },
    });
    expect(view.lineStates).toEqual([{ week: '2026-W48', state: 'sold out' }]);
  });
});

describe('a pilot', () => {
  async function begun(): Promise<string> {
    const made = await post('/monitor/from-answers', answers(await named()));
    return (made.body as { failureModeId: string }).failureModeId;
  }

  it('is voted on without names', async () => {
    const failureModeId = await begun();
    const path = `/strategy/pilot/${failureModeId}/vote`;
    const crew = [];
    for (const name of ['a', 'b', 'c']) {
      crew.push(await rig.invited(administrator, ['technician'], `${name}@crew.example`));
    }
    expect((await post(path, { willing: true })).status).toBe(403);
    for (const one of crew.slice(0, 2)) await post(path, { willing: true }, one.cookie);
    const hidden = await get<PilotListView>('/strategy/pilot');
    expect(hidden.rows[0]?.votes).toEqual({ cast: 2, willing: null, mine: null });
    await post(path, { willing: false }, crew[2]?.cookie);
    const shown = await rig.ask('GET', '/api/v1/strategy/pilot', { cookie: crew[2]?.cookie as string });
    expect((shown.body as PilotListView).rows[0]?.votes).toEqual({ cast: 3, willing: 2, mine: false });
    for (const one of crew) expect(JSON.stringify(shown.body)).not.toContain(one.id);
  });

  it('has a charter that owner and finance sign, and nobody decides before its date', async () => {
    const failureModeId = await begun();
    const owner = await rig.invited(administrator, ['owner'], 'marta@owner.example');
    const finance = await rig.invited(administrator, ['finance'], 'david@finance.example');
    const written = await post('/strategy/charter', {
      failureModeId,
      owner: owner.id,
      lossMinorPerYear: { low: 1_000, likely: 2_000, high: 4_000, grade: 'estimated' },
      crews: [{ crewId: 't1.MECH-B', hPerWeek: 1 }],
      sensorMinor: 64_000,
      upkeepMinorPerYear: 5_000,
      costCentre: '4711',
      goNumbers: [{ measure: 'confirmed findings', bound: 'at least', value: 1 }],
      decideOnMs: NOW_MS + 90 * DAY_MS,
      switchedOffOnNo: 'The two sensors and the weekly walk.',
    });
    expect(written.status, JSON.stringify(written.body)).toBe(200);
    const { charterId } = written.body as { charterId: string };
    const path = `/strategy/charter/${charterId}`;
    expect((await post(`${path}/sign-for-finance`, { version: 1 })).status).toBe(403);
    expect(problem(await post(`${path}/sign`, { version: 1 })).code).toBe('E-STRATEGY-063');
    expect((await get<CharterView>(path, owner.cookie)).maySignAs).toEqual(['owner']);
    expect((await post(`${path}/sign`, { version: 1 }, owner.cookie)).status).toBe(200);
    expect((await post(`${path}/sign-for-finance`, { version: 1 }, finance.cookie)).status).toBe(200);
    const early = await post(`${path}/check`, { version: 1, decision: 'go' }, owner.cookie);
    expect(problem(early).code).toBe('E-STRATEGY-066');
    const view = await get<CharterView>(path);
    expect(view.charter.switchedOffOnNo).toBe('The two sensors and the weekly walk.');
    expect(JSON.stringify([...rig.site.state().strategy.charters])).not.toContain('The two sensors');
    expect(view.results).toEqual([
      { measure: 'confirmed findings', bound: 'at least', value: 1, result: 0, met: false },
    ]);
  });
});
