// Who belongs to the site, in which roles, and which devices may send: every other room asks here before it acts.
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import { refuse } from '#vocabulary/refusal.ts';
import type { Stage } from '../stage.ts';
import type { AccessCommand, GrantRole, JoinPerson, LeavePerson, RevokeRole } from './commands.ts';
import { enroll, revokeClient } from './clients.ts';
import { endSessions, issueLink, redeemLink, reportLockOut, signOut } from './credentials.ts';
import { type AccessFact, ROLES } from './events.ts';
import { evolveAccess } from './fold.ts';
import { fact, unknownPerson } from './body.ts';
import { type AccessState, administrators, memberOf } from './state.ts';

export const access: Stage<AccessState> = {
  word: 'access',
  purpose: 'Who belongs to the site, in which roles, and which devices may send.',
  initial: (site) => ({ site, people: new Map(), clients: new Map(), lockOutsAtMs: [] }),
  decide: (command, state, context) => decideAccess(command as AccessCommand, state, context),
  evolve: (state, recorded) => evolveAccess(state, recorded as Recorded<AccessFact>),
  follow: () => [],
  nextDueMs: () => Number.POSITIVE_INFINITY,
  due: () => [],
  upcast(recorded) {
    if (recorded.v !== 1)
      throw new Error(`${recorded.type} version ${recorded.v} is newer than this program`);
    return recorded;
  },
};

function decideAccess(command: AccessCommand, state: AccessState, context: Context): Decision {
  switch (command.type) {
    case 'access.join-person':
      return joinPerson(command, state, context);
    case 'access.grant-role':
      return grantRole(command, state, context);
    case 'access.revoke-role':
      return revokeRole(command, state);
    case 'access.person-left':
      return leave(command, state);
    case 'access.enroll-client':
      return enroll(command, state, context);
    case 'access.revoke-client':
      return revokeClient(command, state);
    case 'access.issue-link':
      return issueLink(command, state);
    case 'access.redeem-link':
      return redeemLink(command, state, context);
    case 'access.sign-out':
      return signOut(command, context);
    case 'access.end-sessions':
      return endSessions(command, state);
    case 'access.report-lock-out':
      return reportLockOut(command, state, context);
    default:
      return refuse(
        'E-ACCESS-001',
        `There is no command "${(command as Command).type}".`,
        'Use one of the commands of the access stage.',
      );
  }
}

function joinPerson({ data }: JoinPerson, state: AccessState, context: Context): Decision {
  const known = state.people.get(data.personId);
  if (known && known.leftAtMs !== null) {
    // a plan names the seat still; it brings nobody back
    if (context.actor === 'system:setup') return [];
    return refuse(
      'E-ACCESS-002',
      `The id ${data.personId} belonged to a person who has left.`,
      'Give the person a new id; ids of people are never given out again.',
    );
  }
  if (known && known.simulated !== data.simulated) {
    return refuse(
      'E-ACCESS-003',
      `${data.personId} already belongs to the site as a ${known.simulated ? 'simulated' : 'real'} person.`,
      'Use another id; a simulated person never turns into a real one.',
    );
  }
  return known && known.crewId === data.crewId ? [] : [fact('access.person-joined', data)];
}

function grantRole({ data }: GrantRole, state: AccessState, context: Context): Decision {
  const { personId, role, crewId = null } = data;
  if (!ROLES.includes(role)) {
    return refuse('E-ACCESS-004', `"${role}" is no role.`, `Use one of: ${ROLES.join(', ')}.`);
  }
  if (crewId !== null && role !== 'guest contractor') {
    return refuse(
      'E-ACCESS-016',
      `A ${role} is not narrowed to the work of one crew.`,
      'Name a crew with the role guest contractor alone.',
    );
  }
  const member = memberOf(state, personId);
  const bySetup = context.actor === 'system:setup';
  if (!member) return bySetup && state.people.has(personId) ? [] : unknownPerson(personId);
  // what a person took back since stays taken back: a plan grants a role once
  if (bySetup && member.takenBack.includes(role)) return [];
  const facts: FactBody[] = [];
  if (!member.roles.includes(role)) facts.push(fact('access.role-granted', { personId, role }));
  if (crewId !== null && member.guestCrewId !== crewId) {
    facts.push(fact('access.guest-assigned', { personId, crewId }));
  }
  return facts;
}

function revokeRole({ data }: RevokeRole, state: AccessState): Decision {
  const member = memberOf(state, data.personId);
  if (!member) return unknownPerson(data.personId);
  if (!member.roles.includes(data.role)) return [];
  if (data.role === 'administrator' && isLastAdministrator(state, data.personId)) return lastAdministrator();
  return [fact('access.role-revoked', data)];
}

function leave({ data }: LeavePerson, state: AccessState): Decision {
  const member = state.people.get(data.personId);
  if (!member) return unknownPerson(data.personId);
  if (member.leftAtMs !== null) return [];
  if (isLastAdministrator(state, data.personId)) return lastAdministrator();
  return [fact('access.person-left', data)];
}

function isLastAdministrator(state: AccessState, personId: string): boolean {
  const left = administrators(state);
  return left.length === 1 && left[0]?.personId === personId;
}

function lastAdministrator(): Decision {
  return refuse(
    'E-ACCESS-007',
    'This is the last administrator of the site.',
    'Make another person administrator first, then try again.',
  );
}
