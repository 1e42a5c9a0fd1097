import { COMMAND_TYPES, mayRead, mayRun, READ_WORDS } from '#access/policy.ts';
import { type AccessState, guestCrewOf, memberOf } from '#access/state.ts';
import type { Session } from '#ports/identity.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { isoUtc } from '#vocabulary/time.ts';
import type { AccountView, Me, PersonView } from './contract.ts';
import type { Rooms } from './site.ts';

export function meOf(rooms: Rooms, session: Session): Me {
  const { personId, demo } = session;
  const { access, strategy } = rooms.site.state();
  const actor: Actor = `person:${personId}`;
  const member = memberOf(access, personId);
  return {
    personId,
    name: rooms.people.person(personId)?.name ?? '',
    roles: member ? [...member.roles] : [],
    crewId: guestCrewOf(access, personId) || (member?.crewId ?? null),
    simulated: member?.simulated ?? false,
    demo,
    eyes: demo ? eyesOf(rooms, access) : [],
    plant: strategy.plant,
    mayRun: COMMAND_TYPES.filter((type) => mayRun(access, actor, type) === null),
    mayRead: READ_WORDS.filter((word) => mayRead(access, actor, word) === null),
    sessionEndsAt: isoUtc(session.expiresAtMs),
  };
}

function eyesOf(rooms: Rooms, access: AccessState): Me['eyes'] {
  return [...access.people.values()]
    .filter(({ simulated, leftAtMs }) => simulated && leftAtMs === null)
    .map(({ personId, roles }) => ({
      personId,
      name: rooms.people.person(personId)?.name ?? '',
      roles: [...roles],
    }));
}

/** @param access whole, or as far as the person who asks may see */
export function personViews(rooms: Rooms, access: AccessState): PersonView[] {
  return [...access.people.values()].map((member) => {
    const record = rooms.people.person(member.personId);
    return {
      personId: member.personId,
      name: record?.name ?? '',
      roles: [...member.roles],
      crewId: member.crewId,
      simulated: member.simulated,
      left: member.leftAtMs !== null,
      erased: record?.erased ?? false,
    };
  });
}

export function accountViews(rooms: Rooms): AccountView[] {
  const accounts = new Map(rooms.identity.accounts().map((account) => [account.personId, account]));
  return personViews(rooms, rooms.site.state().access).map((person) => {
    const account = accounts.get(person.personId);
    return {
      ...person,
      email: account?.email ?? null,
      hasPassword: account?.hasPassword ?? false,
      sessions: account?.sessions ?? 0,
      invitedUntil: account?.invitedUntilMs ? isoUtc(account.invitedUntilMs) : null,
    };
  });
}
