import { z } from 'zod';
import { ROLES, type Role } from '#access/events.ts';
import { memberOf } from '#access/state.ts';
import { derivedId } from '#vocabulary/ids.ts';
import { isoUtc } from '#vocabulary/time.ts';
import { deviceRoutes } from './access-devices.ts';
import { sessionRoutes } from './access-session.ts';
import { account, invitation, name, person, personId, roles } from './access-shapes.ts';
import { done } from './commands.ts';
import type { Invitation } from './contract.ts';
import { accountViews, personViews } from './me.ts';
import { ApiProblem, missing, shownBefore } from './problem.ts';
import { type Call, type Route, route } from './route.ts';
import { stateFor } from './view.ts';

const crewId = z.string().min(1).max(100).nullable();

const peopleRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/access/people',
    policy: { read: 'people' },
    summary: 'Everybody of this site, with roles; for a guest the names on their work',
    answer: z.object({ people: z.array(person) }),
    handle: async (_input, call) => ({ people: personViews(call, stateFor(call).access) }),
  }),
  route({
    method: 'GET',
    path: '/access/accounts',
    policy: { read: 'access' },
    summary: 'Accounts, open sessions and open invitations',
    answer: z.object({ accounts: z.array(account) }),
    handle: async (_input, call) => ({ accounts: accountViews(call) }),
  }),
  route({
    method: 'POST',
    path: '/access/people',
    policy: { command: 'access.join-person' },
    summary: 'Invite a person; the answer holds the one-time link, shown once',
    body: z.strictObject({ name, crewId, roles }),
    answer: invitation,
    handle: async ({ body }, call) => {
      const id = `p-${derivedId(call.site.state().site, call.commandId(), 'person', 0).slice(0, 16)}`;
      await call.run({ personId: id, crewId: body.crewId, simulated: false });
      if (!call.people.person(id)) {
        call.people.put({ personId: id, name: body.name, email: null, simulated: false, erased: false });
      }
      for (const role of new Set(body.roles)) {
        await call.run(grantOf(id, role, body.crewId), 'access.grant-role', role);
      }
      return invitationOf(call, id);
    },
  }),
  route({
    method: 'POST',
    path: '/access/people/:personId/invitation',
    policy: { command: 'access.join-person' },
    summary: 'A new one-time link for a person who lost the first one or the password',
    params: z.object({ personId }),
    answer: invitation,
    handle: async ({ params }, call) => {
      const member = memberOf(call.site.state().access, params.personId);
      if (!member) throw missing('access', `The person ${params.personId}`);
      if (member.simulated) {
        throw new ApiProblem(
          422,
          'E-ACCESS-021',
          'A simulated person has no account.',
          'Use the switch of the demo to look through their eyes.',
        );
      }
      return invitationOf(call, params.personId);
    },
  }),
  route({
    method: 'POST',
    path: '/access/people/:personId/roles',
    policy: { command: 'access.grant-role' },
    summary: 'Grant a role; a guest contractor gets the crew whose work they see',
    params: z.object({ personId }),
    body: z.strictObject({ role: z.enum(ROLES), crewId: crewId.optional() }),
    answer: done,
    handle: async ({ params, body }, call) =>
      call.run(grantOf(params.personId, body.role, body.crewId ?? null)),
  }),
  route({
    method: 'DELETE',
    path: '/access/people/:personId/roles/:role',
    policy: { command: 'access.revoke-role' },
    summary: 'Take a role back, effective with the next request',
    params: z.object({ personId, role: z.enum(ROLES) }),
    answer: done,
    handle: async ({ params }, call) => call.run(params),
  }),
  route({
    method: 'POST',
    path: '/access/people/:personId/sign-out-everywhere',
    policy: { command: 'access.end-sessions' },
    summary: 'End every session of a person',
    params: z.object({ personId }),
    handle: async ({ params }, call) => {
      // shut first, recorded then: a journal that cannot be written must not keep a door open
      call.identity.revokeAll(params.personId);
      await call.run(params);
    },
  }),
  route({
    method: 'POST',
    path: '/access/people/:personId/leave',
    policy: { command: 'access.person-left' },
    summary: 'The person leaves: roles, sessions and account end, the name stays on old records',
    params: z.object({ personId }),
    answer: done,
    handle: async ({ params }, call) => {
      const answer = await call.run(params);
      call.identity.erase(params.personId);
      return answer;
    },
  }),
  route({
    method: 'POST',
    path: '/access/people/:personId/erase',
    policy: { command: 'access.person-left' },
    summary: 'The person leaves and name, address and free text are erased; the audit still verifies',
    params: z.object({ personId }),
    answer: done,
    handle: async ({ params }, call) => {
      const answer = await call.run(params);
      call.identity.erase(params.personId);
      call.people.erase(params.personId);
      return answer;
    },
  }),
];

export const accessRoutes: readonly Route[] = [...sessionRoutes, ...peopleRoutes, ...deviceRoutes];

/** Only a guest is narrowed to the crew; for everybody else it is where they belong, no bound. */
function grantOf(id: string, role: Role, crew: string | null) {
  return role === 'guest contractor' ? { personId: id, role, crewId: crew } : { personId: id, role };
}

/** Recorded before it takes effect: no link comes into being without a record, and one wish makes one link. */
async function invitationOf(call: Call, id: string): Promise<Invitation> {
  const linkId = derivedId(call.site.state().site, call.commandId('link'), 'link', 0).slice(0, 16);
  const about = { linkId, personId: id, purpose: 'invitation' };
  const { again } = await call.run(about, 'access.issue-link', 'link');
  if (again)
    throw shownBefore(
      'the link',
      'If it was lost, make a new link for the person: the first one becomes void.',
    );
  const link = call.identity.invite(id, linkId);
  return { personId: id, path: link.path, expiresAt: isoUtc(link.expiresAtMs) };
}
