import { z } from 'zod';
import { ROLES } from '#access/events.ts';
import { COMMAND_TYPES, READ_WORDS } from '#access/policy.ts';
import { memberOf } from '#access/state.ts';
import { type LinkView, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, type SignedIn } from '#ports/identity.ts';
import { type Actor, derivedId } from '#vocabulary/ids.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { isoUtc } from '#vocabulary/time.ts';
import type { AccountView, ClientView, Invitation, LinkLook, Me, PersonView } from './contract.ts';
import { headersOf } from './guard.ts';
import { accountViews, meOf, personViews } from './me.ts';
import { ApiProblem, missing, refused } from './problem.ts';
import { type Call, type Route, route } from './route.ts';
import type { Rooms } from './site.ts';

const personId = z.string().min(1).max(100);
const email = z.string().trim().min(3).max(254);
const name = z.string().trim().min(1).max(100);
const newPassword = z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH);
const token = z.string().min(20).max(100);
const roles = z.array(z.enum(ROLES));

const me = z.object({
  personId,
  name: z.string(),
  roles,
  crewId: z.string().nullable(),
  simulated: z.boolean(),
  demo: z.boolean(),
  mayRun: z.array(z.enum(COMMAND_TYPES)),
  mayRead: z.array(z.enum(READ_WORDS)),
  sessionEndsAt: z.iso.datetime(),
}) satisfies z.ZodType<Me>;

const person = z.object({
  personId,
  name: z.string(),
  roles,
  crewId: z.string().nullable(),
  simulated: z.boolean(),
  left: z.boolean(),
  erased: z.boolean(),
}) satisfies z.ZodType<PersonView>;

const account = person.extend({
  email: z.string().nullable(),
  hasPassword: z.boolean(),
  sessions: z.number().int(),
  invitedUntil: z.iso.datetime().nullable(),
}) satisfies z.ZodType<AccountView>;

const invitation = z.object({
  personId,
  path: z.string(),
  expiresAt: z.iso.datetime(),
}) satisfies z.ZodType<Invitation>;

const linkLook = z.object({
  kind: z.enum(['first', 'invitation', 'demo']),
  name: z.string(),
  expiresAt: z.iso.datetime(),
}) satisfies z.ZodType<LinkLook>;

const client = z.object({
  clientId: z.string(),
  kind: z.enum(['edge', 'connector']),
  publish: z.array(z.string()),
  enrolledAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
}) satisfies z.ZodType<ClientView>;

const done = z.object({ ok: z.literal(true), facts: z.number().int(), seq: z.number().int() });

function enter(call: Call, answer: SignedIn | Refusal): Me {
  if (isRefusal(answer)) throw refused(answer);
  for (const cookie of answer.cookies) call.reply.header('set-cookie', cookie);
  return meOf(call, answer.session);
}

const sessionRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/access/sign-in',
    policy: { open: 'this is how a session begins' },
    summary: 'Sign in with e-mail and password',
    body: z.strictObject({ email, password: z.string().min(1).max(MAX_PASSWORD_LENGTH) }),
    answer: me,
    perMinute: 60,
    handle: async ({ body }, call) =>
      enter(call, await call.identity.signIn(body, call.request.socket.remoteAddress ?? 'unknown')),
  }),
  route({
    method: 'POST',
    path: '/access/link/look',
    policy: { open: 'the token of a one-time link is asked for in its place' },
    summary: 'What a one-time link is for',
    body: z.strictObject({ token }),
    answer: linkLook,
    perMinute: 60,
    handle: async ({ body }, call) => {
      const link = linkBehind(call, body.token);
      return {
        kind: link.kind,
        name: call.people.person(link.personId)?.name ?? '',
        expiresAt: isoUtc(link.expiresAtMs),
      };
    },
  }),
  route({
    method: 'POST',
    path: '/access/link',
    policy: { open: 'the token of a one-time link is asked for in its place' },
    summary: 'Use a one-time link: set name, e-mail and password, or enter the demo',
    body: z.strictObject({
      token,
      account: z.strictObject({ name, email, password: newPassword }).nullable(),
    }),
    answer: me,
    perMinute: 60,
    handle: async ({ body }, call) => redeem(call, body.token, body.account),
  }),
  route({
    method: 'GET',
    path: '/access/me',
    policy: { read: 'self' },
    summary: 'Who is signed in, and what that person may do',
    answer: me,
    handle: async (_input, call) => meOf(call, sessionOf(call)),
  }),
  route({
    method: 'POST',
    path: '/access/sign-out',
    policy: { read: 'self' },
    summary: 'End this session',
    handle: async (_input, call) => {
      const cookies = await call.identity.signOut(headersOf(call.request));
      for (const cookie of cookies) call.reply.header('set-cookie', cookie);
    },
  }),
  route({
    method: 'POST',
    path: '/access/sign-out-everywhere',
    policy: { read: 'self' },
    summary: 'End every session of the person who is signed in',
    handle: async (_input, call) => call.identity.revokeAll(call.personId),
  }),
  route({
    method: 'POST',
    path: '/access/switch',
    policy: { read: 'self' },
    summary: 'Demo only: look through the eyes of a simulated person',
    body: z.strictObject({ personId }),
    answer: me,
    handle: async ({ body }, call) => {
      const { access, strategy } = call.site.state();
      const target = memberOf(access, body.personId);
      if (!strategy.plant?.simulated || !target?.simulated) {
        throw new ApiProblem(
          403,
          'E-ACCESS-020',
          'Only simulated people of a simulated plant can be looked through.',
          'Choose a person marked as simulated, or sign in as yourself.',
        );
      }
      return enter(call, await call.identity.switchTo(headersOf(call.request), body.personId));
    },
  }),
];

const peopleRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/access/people',
    policy: { read: 'people' },
    summary: 'Everybody of this site, with roles',
    answer: z.object({ people: z.array(person) }),
    handle: async (_input, call) => ({ people: personViews(call) }),
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
    body: z.strictObject({ name, crewId: z.string().max(100).nullable(), roles }),
    answer: invitation,
    handle: async ({ body }, call) => {
      const id = `p-${derivedId(call.site.state().site, call.commandId(), 'person', 0).slice(0, 16)}`;
      await call.run({ personId: id, crewId: body.crewId, simulated: false });
      if (!call.people.person(id)) {
        call.people.put({ personId: id, name: body.name, email: null, simulated: false, erased: false });
      }
      for (const role of new Set(body.roles)) {
        await call.run({ personId: id, role }, 'access.grant-role', role);
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
    summary: 'Grant a role',
    params: z.object({ personId }),
    body: z.strictObject({ role: z.enum(ROLES) }),
    answer: done,
    handle: async ({ params, body }, call) => call.run({ ...params, ...body }),
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
    policy: { read: 'access' },
    summary: 'End every session of a person',
    params: z.object({ personId }),
    handle: async ({ params }, call) => call.identity.revokeAll(params.personId),
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
  route({
    method: 'GET',
    path: '/access/clients',
    policy: { read: 'access' },
    summary: 'Devices and connectors with their publish lists',
    answer: z.object({ clients: z.array(client) }),
    handle: async (_input, call) => ({
      clients: [...call.site.state().access.clients.values()].map((known) => ({
        clientId: known.clientId,
        kind: known.kind,
        publish: known.publish,
        enrolledAt: isoUtc(known.enrolledAtMs),
        revokedAt: known.revokedAtMs === null ? null : isoUtc(known.revokedAtMs),
      })),
    }),
  }),
];

export const accessRoutes: readonly Route[] = [...sessionRoutes, ...peopleRoutes];

function sessionOf(call: Call) {
  if (!call.session) throw new Error('a route that needs a session ran without one');
  return call.session;
}

function linkBehind(rooms: Rooms, secret: string): LinkView {
  const link = rooms.identity.linkOf(secret);
  if (link) return link;
  throw new ApiProblem(
    410,
    'E-IDENTITY-003',
    'This link was used already, has expired, or never existed.',
    'Ask an administrator for a new one; on a new site, start Throughline again to print another.',
  );
}

function invitationOf(rooms: Rooms, id: string): Invitation {
  const link = rooms.identity.invite(id);
  return { personId: id, path: link.path, expiresAt: isoUtc(link.expiresAtMs) };
}

/** The first link also makes its person the first administrator; doing that twice adds nothing. */
async function redeem(
  call: Call,
  secret: string,
  chosen: { name: string; email: string; password: string } | null,
): Promise<Me> {
  const link = linkBehind(call, secret);
  if (link.kind === 'first') {
    const actor: Actor = 'system:setup';
    const id = link.personId;
    const commands = [
      { type: 'access.join-person', data: { personId: id, crewId: null, simulated: false } },
      { type: 'access.grant-role', data: { personId: id, role: 'administrator' } },
    ];
    for (const { type, data } of commands) {
      const answer = await call.site.run({ id: `first:${id}:${type}`, type, actor, data });
      if (isRefusal(answer)) throw refused(answer);
    }
  }
  const answer = await call.identity.redeemLink(secret, chosen);
  if (!isRefusal(answer) && chosen && link.kind !== 'demo') {
    call.people.put({
      personId: link.personId,
      name: chosen.name,
      email: chosen.email,
      simulated: false,
      erased: false,
    });
  }
  return enter(call, answer);
}
