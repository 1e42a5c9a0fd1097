// A guest contractor sees and answers the work of one crew. Every reading route is asked, so that a new one shows here.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseView, OrderView, PersonView, TodayView, WorkListView } from '#api/contract.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { problem, Rig } from './rig.ts';

const CREW = 'sim.MECH';
const OTHER = 'sim.ELEC';
/** Facts about the second case, whose work goes to the other crew here. */
const SECOND = 'sim.C-0002';
/** numbered by the site that goes on with that past */
const SECOND_ORDER = 't1.WO-0002';

let rig: Rig;
let admin: string;

/** Stored facts up to here were lived in one go; what follows is one example of each later type. */
const LIVED = 147;

/** A stored past with two cases, one for each of two crews. */
function past(): Recorded[] {
  const path = join(import.meta.dirname, '..', 'facts', '0.1.0.jsonl');
  const stored = readFileSync(path, 'utf8').trim().split('\n');
  return stored
    .map((line) => JSON.parse(line) as Recorded)
    .slice(0, LIVED)
    .flatMap((fact) => {
      const data = fact.data as Record<string, unknown>;
      if (fact.type === 'strategy.crew-formed') {
        const electricians = { ...data, crewId: OTHER, name: 'Electricians', technicians: [], lead: null };
        return [fact, { ...fact, data: electricians }];
      }
      if (data['caseId'] !== SECOND || !('crewId' in data)) return [fact];
      return [{ ...fact, data: { ...data, crewId: OTHER } }];
    });
}

let command = 0;
async function run(person: string, type: string, data: unknown): Promise<void> {
  const answer = await rig.site.run({ id: `t${++command}`, type, actor: `person:${person}`, data });
  if (isRefusal(answer)) throw new Error(`${type}: ${JSON.stringify(answer)}`);
}

async function guestOf(crewId: string | null, email: string): Promise<string> {
  const { id, cookie } = await rig.invited(admin, [], email);
  const body = { role: 'guest contractor', ...(crewId === null ? {} : { crewId }) };
  const asked = await rig.ask('POST', `/api/v1/access/people/${id}/roles`, { cookie: admin, body });
  expect(asked.status).toBe(200);
  return cookie;
}

beforeEach(async () => {
  rig = await Rig.start();
  rig.site.fold(past());
  for (const person of ['ada', 'tom', 'eva', 'jo', 'mara', 'finn']) {
    const personId = `sim.${person}`;
    rig.people.put({ personId, name: `Name ${person}`, email: null, simulated: true, erased: false });
  }
  admin = await rig.asAdministrator();
  await run('sim.jo', 'work.accept-draft', { draftId: 'sim.D-0003', dayMs: Date.UTC(2027, 1, 22) });
  await run('sim.jo', 'work.release-order', { orderId: SECOND_ORDER });
});
afterEach(async () => {
  await rig?.close();
});

const get = async <T>(cookie: string, path: string): Promise<T> => {
  const asked = await rig.ask('GET', `/api/v1${path}`, { cookie });
  expect({ path, status: asked.status }).toEqual({ path, status: 200 });
  return asked.body as T;
};

/** Every path of an object that ends in a word for money and holds a figure. */
function money(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, entry]) => {
    const here = `${path}.${key}`;
    return /minor/i.test(key) && entry !== null ? [here] : money(entry, here);
  });
}

describe('a guest contractor reads', () => {
  it('nothing but what is narrowed to the work of the crew: every reading route is asked', async () => {
    const guest = await guestOf(CREW, 'g@contractor.example');
    const table = rig
      .routeTable()
      .filter(({ method, url }) => method === 'GET' && url.startsWith('/api/v1/'));
    const known: Record<string, string> = { ':caseId': 'sim.C-0001', ':orderId': 'sim.WO-0001' };
    const found: Record<string, string> = {};
    for (const { url } of table) {
      const range = url.includes('/series/') ? '?fromMs=0&toMs=1' : '';
      const path = url.replaceAll(/:[a-zA-Z]+/g, (name) => known[name] ?? 'x') + range;
      const abort = new AbortController();
      const asked = await fetch(`${rig.base}${path}`, { headers: { cookie: guest }, signal: abort.signal });
      found[url.slice('/api/v1'.length)] = asked.status === 403 ? 'refused' : String(asked.status);
      abort.abort();
    }
    expect(found).toEqual({
      '/access/accounts': 'refused',
      '/access/clients': 'refused',
      '/access/me': '200',
      '/access/people': '200',
      '/acquire': 'refused',
      // 404 for a signal that is not of their work
      '/acquire/series/:signalId': '404',
      '/alert': 'refused',
      '/audit': 'refused',
      '/detect': 'refused',
      '/events': '200',
      '/line': 'refused',
      '/monitor': 'refused',
      '/monitor/:monitorId': 'refused',
      '/acquire/reading/:signalId': 'refused',
      '/acquire/round': 'refused',
      '/monitor/:monitorId/review': 'refused',
      '/monitor/:monitorId/versions': 'refused',
      '/monitor/:monitorId/why': 'refused',
      '/monitor/approvals': 'refused',
      '/monitor/design/choices': 'refused',
      '/monitor/long-stops': 'refused',
      '/monitor/noise': 'refused',
      '/monitor/trials': 'refused',
      '/strategy/asset/:assetId': 'refused',
      '/strategy/charter/:charterId': 'refused',
      '/strategy/imports': 'refused',
      '/strategy/imports/problems': 'refused',
      '/strategy/library': 'refused',
      '/strategy/losses': 'refused',
      '/strategy/reliability': 'refused',
      '/strategy/pilot': 'refused',
      '/strategy/start': 'refused',
      '/outcome': 'refused',
      '/plan': 'refused',
      '/strategy': 'refused',
      '/today': '200',
      '/work': '200',
      '/work/case/:caseId': '200',
      '/work/order/:orderId': '200',
    });
  });

  it('cases and orders of the crew, and those of others do not exist', async () => {
    const mech = await guestOf(CREW, 'm@contractor.example');
    const elec = await guestOf(OTHER, 'e@contractor.example');
    const idle = await guestOf(null, 'i@contractor.example');
    const lists = [];
    for (const cookie of [mech, elec, idle]) {
      const { cases, orders } = await get<WorkListView>(cookie, '/work');
      lists.push([cases.map((row) => row.caseId), orders.map((row) => row.orderId)]);
    }
    expect(lists).toEqual([
      [['sim.C-0001'], ['sim.WO-0001']],
      [[SECOND], [SECOND_ORDER]],
      [[], []],
    ]);
    for (const [cookie, path] of [
      [mech, `/work/case/${SECOND}`],
      [mech, `/work/order/${SECOND_ORDER}`],
      [elec, '/work/case/sim.C-0001'],
      [elec, '/work/order/sim.WO-0001'],
      [idle, '/work/case/sim.C-0001'],
    ] as const) {
      expect(problem(await rig.ask('GET', `/api/v1${path}`, { cookie })).status).toBe(404);
    }
  });

  it('no money, no objective and no other name on any page', async () => {
    const guest = await guestOf(CREW, 'g@contractor.example');
    const pages = [
      await get<TodayView>(guest, '/today'),
      await get<WorkListView>(guest, '/work'),
      await get<CaseView>(guest, '/work/case/sim.C-0001'),
      await get<OrderView>(guest, '/work/order/sim.WO-0001'),
    ];
    expect(pages.flatMap((page) => money(page))).toEqual([]);
    const text = JSON.stringify(pages);
    const { strategy, outcome } = rig.site.state();
    const objectives = [...strategy.objectives.values()].map((objective) => objective.name);
    expect(objectives.length).toBeGreaterThan(0);
    expect(outcome.entries.size).toBe(2);
    for (const word of [...objectives, 'E-0001', 'C-0002', 'Electricians', 'sim.finn']) {
      expect(text).not.toContain(word);
    }
    // the same pages for staff show that there was something to hide
    const staff = await rig.invited(admin, ['owner'], 'o@plant.example');
    const whole = [
      await get(staff.cookie, '/work'),
      await get(staff.cookie, '/work/case/sim.C-0001'),
      await get(staff.cookie, '/work/order/sim.WO-0001'),
    ];
    expect(whole.flatMap((page) => money(page)).length).toBeGreaterThan(2);
    for (const word of [...objectives, 'E-0001', 'C-0002']) expect(JSON.stringify(whole)).toContain(word);
  });

  it('names of those on the work alone, and of them nothing but the name', async () => {
    const guest = await guestOf(CREW, 'g@contractor.example');
    const { people } = await get<{ people: PersonView[] }>(guest, '/access/people');
    const others = people.filter((person) => person.personId.startsWith('sim.'));
    expect(others.map((person) => person.name).toSorted()).toEqual(['Name jo', 'Name mara', 'Name tom']);
    expect(others.every((person) => person.roles.length === 0 && person.crewId === null)).toBe(true);
    expect(people.filter((person) => !person.personId.startsWith('sim.'))).toHaveLength(1);
  });
});

describe('a guest contractor answers', () => {
  const start = (cookie: string, orderId: string) =>
    rig.ask('POST', `/api/v1/work/order/${orderId}/start`, { cookie });
  const finding = (cookie: string, caseId: string) =>
    rig.ask('POST', `/api/v1/work/case/${caseId}/finding`, {
      cookie,
      body: { moment: 'check', finding: 'as stated', evidence: 'strong' },
    });

  it('the work of the crew, and what does not exist gets the answer of what is not theirs', async () => {
    const mech = await guestOf(CREW, 'm@contractor.example');
    const elec = await guestOf(OTHER, 'e@contractor.example');
    const idle = await guestOf(null, 'i@contractor.example');
    const details = [];
    for (const [cookie, orderId] of [
      [mech, SECOND_ORDER],
      [idle, SECOND_ORDER],
      [mech, 'sim.WO-0999'],
    ] as const) {
      const refused = problem(await start(cookie, orderId));
      expect(refused).toMatchObject({ status: 403, code: 'E-ACCESS-019' });
      details.push(refused.detail);
    }
    expect(new Set(details).size).toBe(1);
    const today = await get<TodayView>(elec, '/today');
    expect(today.items).toMatchObject([{ act: 'start', href: `/work/order/${SECOND_ORDER}` }]);
    expect((await get<OrderView>(elec, `/work/order/${SECOND_ORDER}`)).actions).toEqual(['start-order']);
    expect((await start(elec, SECOND_ORDER)).status).toBe(200);
    expect(problem(await finding(mech, SECOND)).code).toBe('E-ACCESS-019');
    expect((await finding(elec, SECOND)).status).toBe(200);
    expect(problem(await finding(elec, 'sim.C-0001')).code).toBe('E-ACCESS-019');
  });

  it('and reports on an asset of that work; of any other asset nothing is told, not even that it exists', async () => {
    const mech = await guestOf(CREW, 'm@contractor.example');
    const idle = await guestOf(null, 'i@contractor.example');
    const { work } = rig.site.state();
    const mine = work.cases.get('sim.C-0001')?.fault.assetId as string;
    const registered = past().find(({ type }) => type === 'strategy.asset-registered') as Recorded;
    rig.site.fold([{ ...registered, data: { ...(registered.data as object), assetId: 'sim.OTHER' } }]);
    const report = (cookie: string, assetId: string, group: string | null) =>
      rig.ask('POST', '/api/v1/work/report', { cookie, body: { assetId, group, words: 'It whistles.' } });
    const told = [];
    for (const [cookie, assetId] of [
      [idle, mine],
      [idle, 'sim.nowhere'],
      [mech, 'sim.OTHER'],
      [mech, 'sim.nowhere'],
    ] as const) {
      const refused = problem(await report(cookie, assetId, 'no such group'));
      expect(refused).toMatchObject({ status: 403, code: 'E-ACCESS-019' });
      told.push(refused.detail);
    }
    expect(new Set(told).size).toBe(1);
    expect((await report(mech, mine, null)).status).toBe(200);
  });

  it('no longer once the role is taken back', async () => {
    const elec = await guestOf(OTHER, 'e@contractor.example');
    const me = await get<{ personId: string }>(elec, '/access/me');
    const path = `/api/v1/access/people/${me.personId}/roles/${encodeURIComponent('guest contractor')}`;
    expect((await rig.ask('DELETE', path, { cookie: admin })).status).toBe(200);
    expect(problem(await start(elec, SECOND_ORDER)).code).toBe('E-ACCESS-013');
    expect((await rig.ask('GET', '/api/v1/work', { cookie: elec })).status).toBe(403);
  });
});
