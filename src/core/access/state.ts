import type { CrewId, PersonId } from '#vocabulary/ids.ts';
import type { ClientKind, Role } from './events.ts';

export interface Member {
  personId: PersonId;
  crewId: CrewId | null;
  simulated: boolean;
  /** in the order they were granted */
  roles: Role[];
  joinedAtMs: number;
  /** null while the person belongs to the site; ids are never given out again */
  leftAtMs: number | null;
}

export interface Client {
  clientId: string;
  kind: ClientKind;
  /** MQTT topic filters the client may publish to */
  publish: string[];
  enrolledAtMs: number;
  revokedAtMs: number | null;
}

export interface AccessState {
  site: string;
  people: Map<PersonId, Member>;
  clients: Map<string, Client>;
}

export function memberOf(state: AccessState, personId: PersonId): Member | null {
  const member = state.people.get(personId);
  return member && member.leftAtMs === null ? member : null;
}

/** Administrators who have not left. */
export function administrators(state: AccessState): Member[] {
  return [...state.people.values()].filter((m) => m.leftAtMs === null && m.roles.includes('administrator'));
}
