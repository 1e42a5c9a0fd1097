// Who sits where: the seats of a plan file have readable names, the people on them opaque ids.
import { randomBytes } from 'node:crypto';
import { type AccessState, memberOf } from '#access/state.ts';
import type { PeopleStore } from '#ports/people.ts';
import type { PlanDocument } from '#ports/plan-file.ts';
import { namedId, type PersonId } from '#vocabulary/ids.ts';
import type { Seats } from './steps.ts';

const ID_BYTES = 10;

function newPersonId(): PersonId {
  return `p-${randomBytes(ID_BYTES).toString('hex')}`;
}

/**
 * The person on a seat; an empty seat gets a new id. A person whose id still is the seat's name, from before seats were
 * kept, keeps it.
 * @param mint makes an id that was never given out
 */
export function personOnSeat(
  people: Pick<PeopleStore, 'person' | 'seat' | 'putSeat'>,
  site: string,
  seat: string,
  mint: () => PersonId = newPersonId,
): PersonId {
  const known = people.seat(seat);
  if (known !== null) return known;
  const named = people.person(namedId(site, seat));
  const personId = named && !named.erased ? named.personId : mint();
  people.putSeat(seat, personId);
  return personId;
}

/** Everybody on the seats of a plan: the same people each time it is loaded, edited or not. */
export function seatsOf(
  people: Pick<PeopleStore, 'person' | 'seat' | 'putSeat'>,
  plan: PlanDocument,
  mint?: () => PersonId,
): Seats {
  return new Map(
    plan.people.map(({ personId: seat }) => [seat, personOnSeat(people, plan.site, seat, mint)]),
  );
}

/** What a plan gives and a person took back since, in words; loading it leaves this as the person decided. */
export function heldBack(plan: PlanDocument, seats: Seats, access: AccessState): string[] {
  return plan.people.flatMap(({ personId: seat, roles }) => {
    const personId = seats.get(seat) ?? '';
    if (access.people.has(personId) && !memberOf(access, personId)) {
      return [`${seat} has left; the plan brings nobody back`];
    }
    const member = memberOf(access, personId);
    return roles
      .filter((role) => member?.takenBack.includes(role))
      .map(
        (role) =>
          `${seat} is no longer ${role}: a person took the role back, and the plan does not give it again`,
      );
  });
}
