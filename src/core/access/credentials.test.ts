import { beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '#vocabulary/command.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { HOUR_MS } from '#vocabulary/time.ts';
import { access } from './access.ts';
import { MAX_LOCK_OUTS_AN_HOUR } from './credentials.ts';
import { type AccessState, guestCrewOf } from './state.ts';

let state: AccessState;
let seq: number;
let nowMs: number;

/** @returns types and data of the facts that followed, or the code of the refusal */
function run(type: string, data: unknown, actor: Actor = 'person:p-1'): unknown {
  const context: Context = { site: 't1', nowMs, actor };
  const decision = access.decide({ id: `c${seq}`, type, actor, data }, state, context);
  if (isRefusal(decision)) return decision.code;
  for (const body of decision) {
    seq++;
    access.evolve(state, { ...body, id: `f${seq}`, seq, atMs: nowMs, actor, causeId: 'c', intakeSeq: seq });
  }
  return decision.map((body) => [body.type, body.data]);
}

const join = (personId: string) =>
  run('access.join-person', { personId, crewId: null, simulated: false }, 'system:setup');
const grant = (personId: string, role: string, actor: Actor, more: object = {}) =>
  run('access.grant-role', { personId, role, ...more }, actor);

beforeEach(() => {
  state = access.initial('t1');
  seq = 0;
  nowMs = 1_000;
  join('p-1');
  grant('p-1', 'administrator', 'system:setup');
  join('p-2');
});

describe('links, passwords and sessions', () => {
  const link = { linkId: 'l1', personId: 'p-2', purpose: 'invitation' };

  it('leave a fact each, with an id that opens nothing', () => {
    expect(run('access.issue-link', link)).toEqual([['access.link-issued', link]]);
    expect(run('access.redeem-link', link, 'person:p-2')).toEqual([
      ['access.link-redeemed', link],
      ['access.password-set', { personId: 'p-2' }],
    ]);
    const looked = { ...link, purpose: 'demo' };
    expect(run('access.redeem-link', looked, 'person:p-2')).toEqual([['access.link-redeemed', looked]]);
  });

  it('are a person’s own: nobody redeems the link of another, and a stranger gets none', () => {
    expect(run('access.redeem-link', link, 'person:p-1')).toBe('E-ACCESS-017');
    expect(run('access.issue-link', { ...link, personId: 'nobody' })).toBe('E-ACCESS-005');
    expect(run('access.redeem-link', { ...link, personId: 'nobody' }, 'person:nobody')).toBe('E-ACCESS-005');
    expect(run('access.issue-link', { ...link, linkId: 'x'.repeat(65) })).toBe('E-ACCESS-018');
  });

  it('sessions end by their owner or by somebody else, and the data says whose', () => {
    expect(run('access.sign-out', { which: 'this one' }, 'person:p-2')).toEqual([
      ['access.sessions-ended', { personId: 'p-2', which: 'this one' }],
    ]);
    expect(run('access.end-sessions', { personId: 'p-2' })).toEqual([
      ['access.sessions-ended', { personId: 'p-2', which: 'all' }],
    ]);
    expect(run('access.end-sessions', { personId: 'nobody' })).toBe('E-ACCESS-005');
  });

  it('lock-outs are told, and guessing fills no journal', () => {
    for (let n = 0; n < MAX_LOCK_OUTS_AN_HOUR; n++) {
      expect(run('access.report-lock-out', { personId: null }, 'system:identity')).toHaveLength(1);
    }
    expect(run('access.report-lock-out', { personId: 'p-1' }, 'system:identity')).toEqual([]);
    nowMs += HOUR_MS + 1;
    expect(run('access.report-lock-out', { personId: 'p-1' }, 'system:identity')).toEqual([
      ['access.locked-out', { personId: 'p-1' }],
    ]);
    expect(state.lockOutsAtMs).toHaveLength(MAX_LOCK_OUTS_AN_HOUR);
  });
});

describe('what a plan grants', () => {
  it('is granted once: what a person took back since stays taken back, until a person gives it again', () => {
    expect(grant('p-2', 'planner', 'system:setup')).toHaveLength(1);
    run('access.revoke-role', { personId: 'p-2', role: 'planner' });
    expect(grant('p-2', 'planner', 'system:setup')).toEqual([]);
    expect(state.people.get('p-2')?.roles).toEqual([]);
    expect(grant('p-2', 'planner', 'person:p-1')).toHaveLength(1);
    run('access.revoke-role', { personId: 'p-2', role: 'planner' });
    expect(grant('p-2', 'owner', 'system:setup')).toHaveLength(1);
  });

  it('brings nobody back who left, and stops at nobody', () => {
    run('access.person-left', { personId: 'p-2' });
    expect(join('p-2')).toEqual([]);
    expect(grant('p-2', 'planner', 'system:setup')).toEqual([]);
    expect(state.people.get('p-2')?.leftAtMs).toBe(nowMs);
    expect(grant('p-3', 'planner', 'system:setup')).toBe('E-ACCESS-005');
  });
});

describe('a guest contractor', () => {
  it('has the crew of the role, which goes with the role', () => {
    const crew = { crewId: 't1.ELEC' };
    expect(grant('p-2', 'guest contractor', 'person:p-1', crew)).toEqual([
      ['access.role-granted', { personId: 'p-2', role: 'guest contractor' }],
      ['access.guest-assigned', { personId: 'p-2', crewId: 't1.ELEC' }],
    ]);
    expect(guestCrewOf(state, 'p-2')).toBe('t1.ELEC');
    expect(grant('p-2', 'guest contractor', 'person:p-1', { crewId: 't1.MECH' })).toEqual([
      ['access.guest-assigned', { personId: 'p-2', crewId: 't1.MECH' }],
    ]);
    run('access.revoke-role', { personId: 'p-2', role: 'guest contractor' });
    expect(grant('p-2', 'guest contractor', 'person:p-1')).toHaveLength(1);
    expect(guestCrewOf(state, 'p-2')).toBe('');
  });

  it('is narrowed only while it is the one role; nobody else is narrowed by a crew', () => {
    expect(guestCrewOf(state, 'p-1')).toBeNull();
    expect(guestCrewOf(state, 'p-2')).toBeNull();
    grant('p-2', 'guest contractor', 'person:p-1', { crewId: 't1.ELEC' });
    grant('p-2', 'technician', 'person:p-1');
    expect(guestCrewOf(state, 'p-2')).toBeNull();
    expect(grant('p-2', 'planner', 'person:p-1', { crewId: 't1.ELEC' })).toBe('E-ACCESS-016');
  });
});

describe('a device', () => {
  it('that is enrolled again is given a new secret, which is a fact of its own', () => {
    const gateway = { clientId: 'gw-1', kind: 'edge', publish: ['plant/#'] };
    const by = { by: 'p-1' };
    expect(run('access.enroll-client', gateway)).toEqual([['access.client-enrolled', { ...gateway, ...by }]]);
    expect(run('access.enroll-client', gateway)).toEqual([['access.client-rekeyed', { clientId: 'gw-1' }]]);
    const wider = { ...gateway, publish: ['plant/#', 'hall/#'] };
    expect(run('access.enroll-client', wider)).toEqual([
      ['access.client-enrolled', { ...wider, ...by }],
      ['access.client-rekeyed', { clientId: 'gw-1' }],
    ]);
  });
});
