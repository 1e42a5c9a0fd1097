import { describe, expect, it } from 'vitest';
import type { Actor } from '#vocabulary/ids.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { access } from './access.ts';
import { ROLES, type Role } from './events.ts';
import { COMMAND_TYPES, mayRead, mayRun, READ_WORDS } from './policy.ts';
import type { AccessState } from './state.ts';

function siteWithEveryRole(): AccessState {
  const state = access.initial('t1');
  for (const role of ROLES) {
    const roles: Role[] = [role];
    const personId = personOf(role);
    state.people.set(personId, {
      personId,
      crewId: null,
      simulated: false,
      roles,
      takenBack: [],
      guestCrewId: null,
      joinedAtMs: 0,
      leftAtMs: null,
    });
  }
  return state;
}

function personOf(role: Role): string {
  return `p-${role.replaceAll(' ', '-')}`;
}

const MACHINES: Actor[] = [
  'system:setup',
  'system:operator',
  'system:clock',
  'system:identity',
  'rule:charge-noise',
  'rule:clock',
  'rule:retention',
  'rule:set-aside',
  'rule:judge-record',
  'rule:noise-over-budget',
  'rule:process-asks-for-limit',
  'rule:other',
  'source:mqtt',
  'connector:sap',
];

describe('access policy', () => {
  it('equals the table that was agreed, cell by cell', async () => {
    const state = siteWithEveryRole();
    const lines: string[] = [];
    for (const type of COMMAND_TYPES) {
      const roles = ROLES.filter((role) => mayRun(state, `person:${personOf(role)}`, type) === null);
      const may: string[] = roles.length === ROLES.length ? ['everybody of the site'] : [...roles];
      may.push(...MACHINES.filter((actor) => mayRun(state, actor, type) === null));
      lines.push(`run  ${type.padEnd(36)} ${may.join(', ')}`);
    }
    for (const word of READ_WORDS) {
      const may = ROLES.filter((role) => mayRead(state, `person:${personOf(role)}`, word) === null);
      lines.push(`read ${word.padEnd(36)} ${may.length === ROLES.length ? 'every role' : may.join(', ')}`);
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./policy-table.txt');
  });

  it('refuses a command that no policy names, also names that every object has', () => {
    const state = siteWithEveryRole();
    for (const type of ['work.delete-everything', 'toString', '__proto__', 'constructor', '']) {
      expect(mayRun(state, 'person:p-administrator', type)?.code).toBe('E-ACCESS-011');
    }
  });

  it('refuses strangers, people who left, and people without a role', () => {
    const state = siteWithEveryRole();
    expect(mayRun(state, 'person:nobody', 'work.accept-draft')?.code).toBe('E-ACCESS-012');
    expect(mayRead(state, 'person:nobody', 'work')?.code).toBe('E-ACCESS-012');
    const planner = state.people.get('p-planner');
    if (!planner) throw new Error('the planner is missing');
    planner.roles = [];
    expect(mayRun(state, 'person:p-planner', 'work.accept-draft')?.code).toBe('E-ACCESS-013');
    expect(mayRead(state, 'person:p-planner', 'work')?.code).toBe('E-ACCESS-013');
    expect(mayRead(state, 'person:p-planner', 'self')).toBeNull();
    planner.roles = ['planner'];
    planner.leftAtMs = 5;
    expect(mayRun(state, 'person:p-planner', 'work.accept-draft')?.code).toBe('E-ACCESS-012');
  });

  it('lets no machine read', () => {
    const state = siteWithEveryRole();
    for (const actor of MACHINES) {
      for (const word of READ_WORDS) expect(isRefusal(mayRead(state, actor, word))).toBe(true);
    }
  });

  it('keeps release, sign-off, activation and accepted money out of the reach of every machine', () => {
    const state = siteWithEveryRole();
    const byPeople = ['work.release-order', 'monitor.sign-off', 'monitor.activate', 'outcome.accept-entry'];
    for (const type of byPeople) {
      for (const actor of MACHINES)
        expect(mayRun(state, actor, type)?.code, `${actor} ${type}`).toBe('E-ACCESS-015');
    }
  });
});
