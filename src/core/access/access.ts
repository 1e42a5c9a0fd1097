// Who belongs to the site, in which roles, and which devices may send: every other room asks here before it acts.
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import { refuse } from '#vocabulary/refusal.ts';
import type { Stage } from '../stage.ts';
import type {
  AccessCommand,
  EnrollClient,
  GrantRole,
  JoinPerson,
  LeavePerson,
  RevokeRole,
} from './commands.ts';
import { type AccessFact, ROLES } from './events.ts';
import { type AccessState, administrators, memberOf } from './state.ts';

/** Longest publish list of a client, and longest topic filter in it. */
export const MAX_PUBLISH_FILTERS = 64;
const MAX_FILTER_LENGTH = 256;
const CLIENT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export const access: Stage<AccessState> = {
  word: 'access',
  purpose: 'Who belongs to the site, in which roles, and which devices may send.',
  initial: (site) => ({ site, people: new Map(), clients: new Map() }),
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
      return joinPerson(command, state);
    case 'access.grant-role':
      return grantRole(command, state);
    case 'access.revoke-role':
      return revokeRole(command, state);
    case 'access.person-left':
      return leave(command, state);
    case 'access.enroll-client':
      return enroll(command, state, context);
    case 'access.revoke-client': {
      const client = state.clients.get(command.data.clientId);
      if (!client) return unknownClient(command.data.clientId);
      return client.revokedAtMs === null ? [fact('access.client-revoked', command.data)] : [];
    }
    default:
      return refuse(
        'E-ACCESS-001',
        `There is no command "${(command as Command).type}".`,
        'Use one of the commands of the access stage.',
      );
  }
}

function joinPerson({ data }: JoinPerson, state: AccessState): Decision {
  const known = state.people.get(data.personId);
  if (known && known.leftAtMs !== null) {
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

function grantRole({ data }: GrantRole, state: AccessState): Decision {
  if (!ROLES.includes(data.role)) {
    return refuse('E-ACCESS-004', `"${data.role}" is no role.`, `Use one of: ${ROLES.join(', ')}.`);
  }
  const member = memberOf(state, data.personId);
  if (!member) return unknownPerson(data.personId);
  return member.roles.includes(data.role) ? [] : [fact('access.role-granted', data)];
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

function enroll({ data }: EnrollClient, state: AccessState, context: Context): Decision {
  if (!CLIENT_ID.test(data.clientId)) {
    return refuse(
      'E-ACCESS-008',
      `"${data.clientId}" cannot be the id of a client.`,
      'Use 1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit.',
    );
  }
  const wrong = data.publish.filter((filter) => !isTopicFilter(filter));
  if (wrong.length > 0 || data.publish.length > MAX_PUBLISH_FILTERS) {
    return refuse(
      'E-ACCESS-009',
      wrong.length > 0
        ? `"${wrong[0]}" is no MQTT topic filter that a client may publish to.`
        : `A publish list holds at most ${MAX_PUBLISH_FILTERS} topic filters, this one has ${data.publish.length}.`,
      'Name topics such as plant/line-1/+/temperature; "#" may stand only at the end and not alone.',
    );
  }
  const known = state.clients.get(data.clientId);
  if (known && known.revokedAtMs !== null) {
    return refuse(
      'E-ACCESS-010',
      `The client id ${data.clientId} was revoked.`,
      'Enroll the client under a new id; revoked ids are never given out again.',
    );
  }
  const same = known && known.kind === data.kind && known.publish.join('\n') === data.publish.join('\n');
  if (same) return [];
  const by = context.actor.startsWith('person:') ? context.actor.slice('person:'.length) : null;
  return [fact('access.client-enrolled', { ...data, by })];
}

/** A filter of levels separated by `/`; `+` fills a level, `#` only ends a filter that names something before it. */
function isTopicFilter(filter: string): boolean {
  if (filter.length === 0 || filter.length > MAX_FILTER_LENGTH || filter.startsWith('$')) return false;
  const levels = filter.split('/');
  if (levels.every((level) => level === '+' || level === '#')) return false;
  return levels.every((level, i) => {
    if (level === '#') return i === levels.length - 1;
    return level === '+' || !/[+#]|\p{Cc}/u.test(level);
  });
}

function evolveAccess(state: AccessState, recorded: Recorded<AccessFact>): void {
  switch (recorded.type) {
    case 'access.person-joined': {
      const { personId, crewId, simulated } = recorded.data;
      const known = state.people.get(personId);
      if (known) known.crewId = crewId;
      else {
        const joined = { personId, crewId, simulated, roles: [], joinedAtMs: recorded.atMs, leftAtMs: null };
        state.people.set(personId, joined);
      }
      return;
    }
    case 'access.role-granted':
      state.people.get(recorded.data.personId)?.roles.push(recorded.data.role);
      return;
    case 'access.role-revoked': {
      const member = state.people.get(recorded.data.personId);
      if (member) member.roles = member.roles.filter((role) => role !== recorded.data.role);
      return;
    }
    case 'access.person-left': {
      const member = state.people.get(recorded.data.personId);
      if (member) {
        member.leftAtMs = recorded.atMs;
        member.roles = [];
      }
      return;
    }
    case 'access.client-enrolled': {
      const { clientId, kind, publish } = recorded.data;
      const client = { clientId, kind, publish, enrolledAtMs: recorded.atMs, revokedAtMs: null };
      state.clients.set(clientId, client);
      return;
    }
    case 'access.client-revoked': {
      const client = state.clients.get(recorded.data.clientId);
      if (client) client.revokedAtMs = recorded.atMs;
      return;
    }
    default:
  }
}

function fact<F extends AccessFact>(type: F['type'], data: F['data']): FactBody {
  return { type, v: 1, data };
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

function unknownPerson(personId: string): Decision {
  return refuse(
    'E-ACCESS-005',
    `${personId} does not belong to this site.`,
    'Invite the person first, or check the id on the people page.',
  );
}

function unknownClient(clientId: string): Decision {
  return refuse(
    'E-ACCESS-006',
    `No client is enrolled as "${clientId}".`,
    'Check the id on the sources page.',
  );
}
