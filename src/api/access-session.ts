import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { memberOf } from '#access/state.ts';
import { type LinkView, MAX_PASSWORD_LENGTH, type SignedIn } from '#ports/identity.ts';
import type { Command } from '#vocabulary/command.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { isoUtc } from '#vocabulary/time.ts';
import { email, linkLook, me, name, newPassword, personId, token } from './access-shapes.ts';
import type { Me } from './contract.ts';
import { headersOf } from './guard.ts';
import { meOf } from './me.ts';
import { ApiProblem, refused } from './problem.ts';
import { type Call, type Route, route } from './route.ts';
import type { Rooms } from './site.ts';

/** How a session begins, changes eyes and ends. */
export const sessionRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/access/sign-in',
    policy: { open: 'this is how a session begins' },
    summary: 'Sign in with e-mail and password',
    body: z.strictObject({ email, password: z.string().min(1).max(MAX_PASSWORD_LENGTH) }),
    answer: me,
    perMinute: 60,
    handle: async ({ body }, call) =>
      enter(
        call,
        await call.identity.signIn(body, call.request.socket.remoteAddress ?? 'unknown', (lockedOut) =>
          reportLockOut(call, lockedOut),
        ),
      ),
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
    policy: { command: 'access.sign-out' },
    summary: 'End this session',
    handle: async (_input, call) => {
      // ended first, recorded then: a journal that cannot be written must not keep a session open
      const cookies = await call.identity.signOut(headersOf(call.request));
      for (const cookie of cookies) call.reply.header('set-cookie', cookie);
      await call.run({ which: 'this one' });
    },
  }),
  route({
    method: 'POST',
    path: '/access/sign-out-everywhere',
    policy: { command: 'access.sign-out' },
    summary: 'End every session of the person who is signed in',
    handle: async (_input, call) => {
      call.identity.revokeAll(call.personId);
      await call.run({ which: 'all' });
    },
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

function enter(call: Call, answer: SignedIn | Refusal): Me {
  if (isRefusal(answer)) throw refused(answer);
  for (const cookie of answer.cookies) call.reply.header('set-cookie', cookie);
  return meOf(call, answer.session);
}

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

/** A door that was shut is told, whether or not anybody stands before it; the answer to the attempt stays the same. */
async function reportLockOut(call: Call, lockedOut: string | null): Promise<void> {
  const known = lockedOut !== null && call.site.state().access.people.has(lockedOut) ? lockedOut : null;
  const command = {
    id: `lock-out:${randomUUID()}`,
    type: 'access.report-lock-out',
    actor: 'system:identity' as const,
    data: { personId: known },
  };
  await call.site
    .run(command)
    .catch((failure: unknown) => call.request.log.error({ err: failure }, 'a lock-out was not recorded'));
}

/** What redeeming a link leaves in the journal, in the name of the person it was made for. */
async function recordRedeemed(call: Call, { linkId, personId: id, kind }: LinkView): Promise<void> {
  const commands: Omit<Command, 'id'>[] = [];
  if (kind === 'first') {
    const actor: Actor = 'system:setup';
    const joined = { personId: id, crewId: null, simulated: false };
    commands.push({ type: 'access.join-person', actor, data: joined });
    commands.push({ type: 'access.grant-role', actor, data: { personId: id, role: 'administrator' } });
  }
  const redeemed = { linkId, personId: id, purpose: kind };
  commands.push({ type: 'access.redeem-link', actor: `person:${id}`, data: redeemed });
  for (const command of commands) {
    // ids from the link: two that redeem it at once leave one record
    const answer = await call.site.run({ ...command, id: `link:${linkId}:${command.type}` });
    if (isRefusal(answer)) throw refused(answer);
  }
}

/** The first link also makes its person the first administrator; doing that twice adds nothing. */
async function redeem(
  call: Call,
  secret: string,
  chosen: { name: string; email: string; password: string } | null,
): Promise<Me> {
  const link = linkBehind(call, secret);
  const answer = await call.identity.redeemLink(secret, chosen, (taken) => recordRedeemed(call, taken));
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
