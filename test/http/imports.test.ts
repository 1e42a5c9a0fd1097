// Orders of another system: dry run, apply, where it hurts, a measured pilot and baseline, and back again. Real thread, real files.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryBaseline, ImportsView, LossesView, Reliability, TableTold } from '#api/contract.ts';
import { Tables } from '#app/tables/tables.ts';
import { problem, Rig } from './rig.ts';

const ORDERS = readFileSync(join(import.meta.dirname, '../../examples/orders/orders.csv'), 'utf8');
const FROM_MS = Date.UTC(2023, 0, 1);
const TO_MS = Date.UTC(2025, 0, 1);
/** more rows than a screen is told */
const BROKEN = 210;

let rig: Rig;
let engineer: string;

beforeEach(async () => {
  rig = await Rig.start({ tables: (site, dataDir) => new Tables(site, dataDir) });
  const admin = await rig.asAdministrator();
  engineer = (await rig.invited(admin, ['reliability engineer', 'owner'], 'eng@plant.example')).cookie;
});
afterEach(async () => {
  await rig?.close();
});

function send(query: string, body: string, cookie = engineer) {
  const headers = { 'content-type': 'application/octet-stream' };
  return rig.ask('POST', `/api/v1/strategy/import?${query}`, { body, cookie, headers });
}

async function get<T>(path: string): Promise<T> {
  const asked = await rig.ask('GET', `/api/v1/strategy${path}`, { cookie: engineer });
  expect({ path, status: asked.status }).toEqual({ path, status: 200 });
  return asked.body as T;
}

async function applied(): Promise<TableTold> {
  const asked = await send('kind=work-orders&dryRun=false&currency=EUR', ORDERS);
  expect(asked.status).toBe(200);
  return asked.body as TableTold;
}

describe('a table that is sent', () => {
  it('is read and shown by a dry run, and nothing is written', async () => {
    const asked = await send('kind=work-orders&currency=EUR', ORDERS);
    expect(asked.status).toBe(200);
    const told = asked.body as TableTold;
    expect(told).toMatchObject({
      asks: null,
      importId: null,
      decimal: ',',
      dateOrder: 'dmy',
      rejectedRows: 1,
    });
    expect(told.mapping).toMatchObject({ order: 'Order', cost: 'Total actual costs', asset: 'Equipment' });
    expect(told.accepted).toBe(told.rows - 1);
    expect(told.problems[0]).toMatchObject({ rejected: true });
    expect((await get<ImportsView>('/imports')).imports).toEqual([]);
    expect((await get<LossesView>('/losses')).orders).toBe(0);
  });

  it('is applied once, read as known the second time, answers where it hurts, and is taken back', async () => {
    const told = await applied();
    expect(told.importId).toMatch(/^t1\.IM-/);
    const again = await applied();
    expect(again).toMatchObject({ accepted: 0, known: told.accepted, importId: told.importId });

    const byAsset = await get<LossesView>('/losses?by=asset');
    expect(byAsset).toMatchObject({ orders: told.accepted, currency: 'EUR' });
    expect(byAsset.bars.at(-1)?.cumulativeShare).toBeCloseTo(1);
    const byMode = await get<LossesView>('/losses?by=failure-mode');
    expect(byMode.costMinor).toBe(byAsset.costMinor);
    const { modes } = await get<Reliability>('/reliability');
    expect(modes.length).toBeGreaterThan(0);

    const undo = await rig.ask('POST', `/api/v1/strategy/imports/${told.importId}/undo`, {
      cookie: engineer,
    });
    expect(undo.status).toBe(200);
    expect((await get<LossesView>('/losses')).orders).toBe(0);
    const [row] = (await get<ImportsView>('/imports')).imports;
    expect(row?.undoneAtMs).not.toBeNull();
  });

  it('names every cell that cannot be used, and the sheet has them all', async () => {
    const [header, ...rows] = ORDERS.trim().split('\n') as [string, ...string[]];
    const broken = rows.map((row, n) => (n < BROKEN ? row.replace(/\d\d\.\d\d\.\d{4}/, 'soon') : row));
    const mapping = JSON.stringify({ order: 'Order', start: 'Basic start date', asset: 'Equipment' });
    const query = `kind=work-orders&dateOrder=dmy&mapping=${encodeURIComponent(mapping)}`;
    const told = (await send(query, [header, ...broken].join('\n'))).body as TableTold;
    expect(told.rejectedRows).toBeGreaterThanOrEqual(BROKEN);
    expect(told.problems[0]).toMatchObject({ row: 2, code: 'E-IMPORT-012', rejected: true });
    expect(told.problemCount).toBeGreaterThan(told.problems.length);
    const sheet = await rig.ask('GET', '/api/v1/strategy/imports/problems', { cookie: engineer });
    expect(sheet.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(String(sheet.body).trim().split('\n')).toHaveLength(told.problemCount + 1);
  });

  it('asks for what it cannot guess, and takes the mapping of a person', async () => {
    const odd = ORDERS.replace('Basic start date', 'Quando');
    const asked = (await send('kind=work-orders&currency=EUR', odd)).body as TableTold;
    expect(asked.asks?.code).toBe('E-IMPORT-001');
    expect(asked.header).toContain('Quando');
    const refused = problem(await send('kind=work-orders&dryRun=false&currency=EUR', odd));
    expect(refused).toMatchObject({ status: 422, code: 'E-IMPORT-001' });
    const mapping = JSON.stringify({ order: 'Order', start: 'Quando', asset: 'Equipment' });
    const query = `kind=work-orders&mapping=${encodeURIComponent(mapping)}`;
    const mapped = (await send(query, odd)).body as TableTold;
    expect(mapped).toMatchObject({ asks: null, rejectedRows: 0, currency: null });
  });

  it('is refused to a technician, of an unknown kind, and with a mapping that is none', async () => {
    const admin = (
      await rig.ask('POST', '/api/v1/access/sign-in', {
        body: { email: 'ana@plant.example', password: 'correct horse battery' },
      })
    ).cookie;
    const tech = await rig.invited(admin, ['technician'], 'tech@plant.example');
    expect(problem(await send('kind=work-orders', ORDERS, tech.cookie)).status).toBe(403);
    expect(problem(await send('kind=wishes', ORDERS)).code).toBe('E-TABLES-005');
    expect(problem(await send('kind=work-orders&mapping=x', ORDERS)).code).toBe('E-TABLES-008');
  });
});

describe('figures from imported orders', () => {
  it('become the loss of an asset, graded measured', async () => {
    await applied();
    const { bars } = await get<LossesView>('/losses?by=asset');
    const asked = await rig.ask('POST', '/api/v1/strategy/losses/pilot', {
      cookie: engineer,
      body: { asset: bars[0]?.key },
    });
    expect(asked.status).toBe(200);
    const { assetId } = asked.body as { assetId: string };
    const { losses } = rig.site.state().strategy;
    const loss = losses.get(assetId);
    expect(loss?.costMinorPerYear).toMatchObject({ grade: 'measured', by: null });
    expect(loss?.costMinorPerYear?.value).toBeLessThan(bars[0]?.costMinor ?? 0);
  });

  it('freeze a baseline that names its imports, and refuse what orders do not say', async () => {
    const { importId } = await applied();
    const make = async (name: string, kpi: string, unit = 'h a year'): Promise<string> => {
      const body = { name, kpi, unit, target: null, dueMs: null, valuePerUnitMinor: null };
      const made = await rig.ask('POST', '/api/v1/strategy/objective', { cookie: engineer, body });
      expect(made.status).toBe(200);
      return (made.body as { objectiveId: string }).objectiveId;
    };
    const hours = await make('Less downtime', 'downtime-hours');
    const body = { fromMs: FROM_MS, toMs: TO_MS };
    const path = `/api/v1/strategy/objective/${hours}`;
    const shown = await rig.ask('POST', `${path}/history-baseline`, { cookie: engineer, body });
    const { value } = shown.body as HistoryBaseline;
    const froze = await rig.ask('POST', `${path}/baseline-from-history`, { cookie: engineer, body });
    expect(froze.body).toMatchObject({ value });
    const frozen = rig.site.state().strategy.frozen.get(hours);
    expect(frozen).toMatchObject({ importIds: [importId], baseline: { value, grade: 'measured' } });

    const monthly = await make('Less downtime a month', 'downtime-hours', 'h a month');
    const asked = await rig.ask('POST', `/api/v1/strategy/objective/${monthly}/history-baseline`, {
      cookie: engineer,
      body,
    });
    expect((asked.body as HistoryBaseline).value).toBeCloseTo((value ?? 0) / 12, 1);

    const oee = await make('Better line', 'oee');
    const refused = await rig.ask('POST', `/api/v1/strategy/objective/${oee}/baseline-from-history`, {
      cookie: engineer,
      body,
    });
    expect(problem(refused).code).toBe('E-STRATEGY-060');
  });
});
