// What happens to links, passwords and sessions, as facts: the secrets themselves stay with the identity store.
import { personOf } from '#vocabulary/actor.ts';
import type { Context, Decision } from '#vocabulary/command.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { HOUR_MS } from '#vocabulary/time.ts';
import { fact, unknownPerson } from './body.ts';
import type { EndSessions, IssueLink, RedeemLink, ReportLockOut, SignOut } from './commands.ts';
import { type AccessState, memberOf } from './state.ts';

/** Lock-outs told within an hour of plant time; further ones are still in force, so that guessing fills no journal. */
export const MAX_LOCK_OUTS_AN_HOUR = 60;
const MAX_LINK_ID_LENGTH = 64;

/** The first link names a person who joins when it is redeemed, so only invitations ask for a member. */
export function issueLink({ data }: IssueLink, state: AccessState): Decision {
  const { linkId, personId, purpose } = data;
  if (linkId.length === 0 || linkId.length > MAX_LINK_ID_LENGTH) return badLinkId();
  if (purpose === 'invitation' && !memberOf(state, personId)) return unknownPerson(personId);
  return [fact('access.link-issued', { linkId, personId, purpose })];
}

export function redeemLink({ data }: RedeemLink, state: AccessState, context: Context): Decision {
  const { linkId, personId, purpose } = data;
  if (linkId.length === 0 || linkId.length > MAX_LINK_ID_LENGTH) return badLinkId();
  if (!memberOf(state, personId)) return unknownPerson(personId);
  if (personOf(context.actor) !== personId) return notYours('link');
  const facts: FactBody[] = [fact('access.link-redeemed', { linkId, personId, purpose })];
  if (purpose !== 'demo') facts.push(fact('access.password-set', { personId }));
  return facts;
}

export function signOut({ data: { which } }: SignOut, context: Context): Decision {
  const personId = personOf(context.actor);
  return personId === null ? notYours('session') : [fact('access.sessions-ended', { personId, which })];
}

export function endSessions({ data: { personId } }: EndSessions, state: AccessState): Decision {
  if (!state.people.has(personId)) return unknownPerson(personId);
  return [fact('access.sessions-ended', { personId, which: 'all' })];
}

export function reportLockOut({ data }: ReportLockOut, state: AccessState, context: Context): Decision {
  const recent = state.lockOutsAtMs.filter((atMs) => atMs > context.nowMs - HOUR_MS);
  if (recent.length >= MAX_LOCK_OUTS_AN_HOUR) return [];
  return [fact('access.locked-out', { personId: data.personId })];
}

function notYours(what: 'link' | 'session'): Refusal {
  return refuse(
    'E-ACCESS-017',
    `This ${what} belongs to somebody else.`,
    'Sign in as yourself, or ask an administrator.',
  );
}

function badLinkId(): Refusal {
  return refuse(
    'E-ACCESS-018',
    `The id of a one-time link has 1 to ${MAX_LINK_ID_LENGTH} characters.`,
    'Ask for another link.',
  );
}
