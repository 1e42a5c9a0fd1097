import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPeople, readPlan } from '#app/compose.ts';
import { describePlant, goLive } from '#app/demo/load-plan.ts';
import { createLine, feed, type Line } from '#core/line.ts';
import type { PeopleStore } from '#ports/people.ts';
import type { PlanDocument } from '#ports/plan-file.ts';
import type { Command } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { heldBack, personOnSeat, seatsOf } from './seats.ts';

const example = fileURLToPath(new URL('../../../examples/first-monitor/plan.yaml', import.meta.url));
const NOW_MS = Date.UTC(2026, 10, 23);

let dir: string;
let people: PeopleStore & { close(): void };
let plan: PlanDocument;
let line: Line;
let facts: Recorded[];
let seq: number;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'throughline-seats-'));
  people = await openPeople(dir);
  plan = (await readPlan(example)).plan as PlanDocument;
  line = createLine(plan.site);
  facts = [];
  seq = 0;
});
afterEach(() => {
  people.close();
  rmSync(dir, { recursive: true });
});

const site = {
  run: async (command: Command) => {
    const fed = feed(line, { kind: 'command', seq: ++seq, receivedMs: NOW_MS, command });
    facts.push(...fed.facts);
    if (fed.answer === null) throw new Error('a command has an answer');
    return fed.answer;
  },
};
const load = () => describePlant(site, people, plan);
const act = (actor: Actor, type: string, data: unknown) => site.run({ id: `test:${seq}`, type, actor, data });

describe('people of a plan', () => {
  it('get opaque ids, and none of their seats stands in the journal', async () => {
    const seats = await load();
    expect(seats.size).toBe(plan.people.length);
    for (const personId of seats.values()) expect(personId).toMatch(/^p-[0-9a-f]{20}$/);
    const named = JSON.stringify(facts);
    for (const { personId: seat } of plan.people) expect(named).not.toContain(`"${plan.site}.${seat}"`);
    const { lead, technicians } = plan.crews[0] ?? { lead: null, technicians: [] };
    const crew = facts.find((fact) => fact.type === 'strategy.crew-formed')?.data;
    expect(crew).toMatchObject({
      lead: seats.get(lead ?? ''),
      technicians: technicians.map((seat) => seats.get(seat)),
    });
    expect([...seats.values()].every((personId) => named.includes(personId))).toBe(true);
  });

  it('are the same people when the plan is loaded again, edited or not', async () => {
    const seats = await load();
    const before = facts.length;
    expect(await load()).toEqual(seats);
    expect(facts).toHaveLength(before);
    const [objective] = plan.objectives;
    if (objective) objective.name = 'Another name';
    expect(await load()).toEqual(seats);
    expect(facts.slice(before).map((fact) => fact.type)).toEqual(['strategy.objective-set']);
  });

  it('leave their seat when they are erased: the seat is empty, and its next person is somebody else', async () => {
    const seats = await load();
    const [seat = '', personId = ''] = [...seats][0] ?? [];
    people.erase(personId);
    expect(people.seat(seat)).toBeNull();
    expect(seatsOf(people, plan).get(seat)).not.toBe(personId);
  });

  it('keep an id that is the seat’s name from before seats were kept', () => {
    const named = { personId: 'old.ana', name: 'Ana', email: null, simulated: false, erased: false };
    people.put(named);
    expect(personOnSeat(people, 'old', 'ana')).toBe('old.ana');
    expect(personOnSeat(people, 'old', 'ben', () => 'p-new')).toBe('p-new');
    expect(personOnSeat(people, 'old', 'ben', () => 'p-other')).toBe('p-new');
  });
});

describe('loading a plan', () => {
  it('speaks for nobody: every fact is the set-up’s, and a draft names who proposed it', async () => {
    const seats = await load();
    expect(new Set(facts.map((fact) => fact.actor))).toEqual(new Set(['system:setup']));
    expect(facts.every((fact) => /^plan:[0-9a-f]{12}:\d+$/.test(fact.causeId))).toBe(true);
    const drafted = facts.filter((fact) => fact.type === 'monitor.drafted');
    expect(drafted.length).toBeGreaterThan(0);
    expect(drafted.map((fact) => (fact.data as { proposedBy: string }).proposedBy)).toEqual(
      plan.monitors.map((one) => seats.get(one.proposer)),
    );
  });

  it('gives no role again that a person took back, and says so', async () => {
    const seats = await load();
    const { access } = line.state;
    const [member] = [...access.people.values()].filter((one) => one.roles.length > 0);
    const [role] = member?.roles ?? [];
    if (!member || !role) throw new Error('the plan grants nothing');
    const seat = [...seats].find(([, personId]) => personId === member.personId)?.[0];
    expect(heldBack(plan, seats, access)).toEqual([]);
    await act('system:setup', 'access.join-person', { personId: 'p-admin', crewId: null, simulated: false });
    await act('system:setup', 'access.grant-role', { personId: 'p-admin', role: 'administrator' });
    await act('person:p-admin', 'access.revoke-role', { personId: member.personId, role });
    plan.plant.name = 'Edited';
    await load();
    expect(access.people.get(member.personId)?.roles).not.toContain(role);
    expect(heldBack(plan, seats, access)).toEqual([expect.stringContaining(`${seat} is no longer ${role}`)]);
    await act('person:p-admin', 'access.person-left', { personId: member.personId });
    plan.plant.name = 'Edited again';
    await load();
    expect(access.people.get(member.personId)?.leftAtMs).not.toBeNull();
    expect(heldBack(plan, seats, access)).toEqual([expect.stringContaining(`${seat} has left`)]);
  });

  it('takes no monitor live in the name of a real person', async () => {
    const seats = await load();
    const [monitor] = plan.monitors;
    if (!monitor) throw new Error('the plan has no monitor');
    monitor.wanted = 'live';
    for (const person of plan.people) person.simulated = false;
    const before = facts.length;
    await expect(goLive(site, plan, seats, () => null)).rejects.toMatchObject({ code: 'E-PLAN-021' });
    expect(facts).toHaveLength(before);
  });
});
