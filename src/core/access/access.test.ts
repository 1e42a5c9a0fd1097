import { describe, expect, it } from 'vitest';
import type { Context } from '#vocabulary/command.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { access } from './access.ts';
import { conduits } from './conduits.ts';
import type { AccessState } from './state.ts';

const ADMIN: Actor = 'person:p-1';
let seq = 0;

function run(state: AccessState, type: string, data: unknown, actor: Actor = ADMIN) {
  const context: Context = { site: state.site, nowMs: 1_000 + seq, actor };
  const decision = access.decide({ id: `c${seq}`, type, actor, data }, state, context);
  if (!isRefusal(decision)) for (const body of decision) access.evolve(state, record(body, actor));
  return decision;
}

function record(body: FactBody, actor: Actor): Recorded {
  seq += 1;
  return { ...body, id: `f${seq}`, seq, atMs: 1_000 + seq, actor, causeId: 'c', intakeSeq: seq };
}

function site(): AccessState {
  const state = access.initial('t1');
  run(state, 'access.join-person', { personId: 'p-1', crewId: null, simulated: false }, 'system:setup');
  run(state, 'access.grant-role', { personId: 'p-1', role: 'administrator' }, 'system:setup');
  run(state, 'access.join-person', { personId: 'p-2', crewId: 'MECH-B', simulated: false });
  return state;
}

function codeOf(decision: unknown): string | null {
  return isRefusal(decision) ? decision.code : null;
}

describe('people', () => {
  it('joining, granting and revoking twice adds nothing', () => {
    const state = site();
    expect(run(state, 'access.join-person', { personId: 'p-2', crewId: 'MECH-B', simulated: false })).toEqual(
      [],
    );
    expect(run(state, 'access.grant-role', { personId: 'p-2', role: 'planner' })).toHaveLength(1);
    expect(run(state, 'access.grant-role', { personId: 'p-2', role: 'planner' })).toEqual([]);
    expect(run(state, 'access.revoke-role', { personId: 'p-2', role: 'planner' })).toHaveLength(1);
    expect(run(state, 'access.revoke-role', { personId: 'p-2', role: 'planner' })).toEqual([]);
    expect(state.people.get('p-2')?.roles).toEqual([]);
  });

  it('moves a person to another crew without losing the roles', () => {
    const state = site();
    run(state, 'access.grant-role', { personId: 'p-2', role: 'technician' });
    run(state, 'access.join-person', { personId: 'p-2', crewId: 'ELEC', simulated: false });
    expect(state.people.get('p-2')).toMatchObject({ crewId: 'ELEC', roles: ['technician'] });
  });

  it('keeps the last administrator, whichever way he would go', () => {
    const state = site();
    expect(codeOf(run(state, 'access.revoke-role', { personId: 'p-1', role: 'administrator' }))).toBe(
      'E-ACCESS-007',
    );
    expect(codeOf(run(state, 'access.person-left', { personId: 'p-1' }))).toBe('E-ACCESS-007');
    run(state, 'access.grant-role', { personId: 'p-2', role: 'administrator' });
    expect(run(state, 'access.person-left', { personId: 'p-1' })).toHaveLength(1);
    expect(codeOf(run(state, 'access.person-left', { personId: 'p-2' }))).toBe('E-ACCESS-007');
  });

  it('never gives out an id again, and refuses unknown people and roles', () => {
    const state = site();
    run(state, 'access.person-left', { personId: 'p-2' });
    expect(
      codeOf(run(state, 'access.join-person', { personId: 'p-2', crewId: null, simulated: false })),
    ).toBe('E-ACCESS-002');
    expect(codeOf(run(state, 'access.grant-role', { personId: 'p-2', role: 'planner' }))).toBe(
      'E-ACCESS-005',
    );
    expect(codeOf(run(state, 'access.grant-role', { personId: 'p-1', role: 'emperor' }))).toBe(
      'E-ACCESS-004',
    );
    expect(codeOf(run(state, 'access.join-person', { personId: 'p-1', crewId: null, simulated: true }))).toBe(
      'E-ACCESS-003',
    );
  });
});

describe('clients', () => {
  it('enrols with a publish list, and a revoked id stays revoked', () => {
    const state = site();
    const gateway = { clientId: 'gw-1', kind: 'edge', publish: ['plant/line-1/+/temperature', 'plant/x/#'] };
    expect(run(state, 'access.enroll-client', gateway)).toMatchObject([{ data: { ...gateway, by: 'p-1' } }]);
    expect(run(state, 'access.enroll-client', gateway)).toMatchObject([
      { type: 'access.client-rekeyed', data: { clientId: 'gw-1' } },
    ]);
    expect(run(state, 'access.revoke-client', { clientId: 'gw-1' })).toHaveLength(1);
    expect(codeOf(run(state, 'access.enroll-client', gateway))).toBe('E-ACCESS-010');
    expect(codeOf(run(state, 'access.revoke-client', { clientId: 'gw-9' }))).toBe('E-ACCESS-006');
  });

  it.each(['#', '+', '+/#', '$SYS/x', 'a/#/b', 'a+/b', 'a/b#', '', 'x'.repeat(300)])(
    'refuses the topic filter %j',
    (filter) => {
      const data = { clientId: 'gw-2', kind: 'edge', publish: [filter] };
      expect(codeOf(run(site(), 'access.enroll-client', data))).toBe('E-ACCESS-009');
    },
  );

  it.each(['', 'a b', '../x', '-x', 'a/b', 'a+'])('refuses the client id %j', (clientId) => {
    const data = { clientId, kind: 'edge', publish: ['a'] };
    expect(codeOf(run(site(), 'access.enroll-client', data))).toBe('E-ACCESS-008');
  });
});

describe('stage', () => {
  it('refuses a version it does not know and survives a structured clone', () => {
    const state = site();
    expect(structuredClone(state)).toEqual(state);
    expect(() => access.upcast(record({ type: 'access.role-granted', v: 2, data: {} }, ADMIN))).toThrow(
      /newer/,
    );
  });

  it('lists only conduits that are switched on', () => {
    expect(conduits({ mqtt: null, http: null })).toEqual([]);
    const http = { port: 8_430, loopback: true, tls: false };
    expect(conduits({ mqtt: null, http })).toMatchObject([
      { protocol: 'http', port: 8_430, reach: 'loopback' },
    ]);
    const both = conduits({ mqtt: { port: 8_883, loopback: false }, http: { ...http, tls: true } });
    expect(both.map((c) => c.protocol)).toEqual(['mqtt over tls', 'https']);
    expect(both.every((c) => c.direction === 'inbound')).toBe(true);
  });
});
