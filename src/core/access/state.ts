import type { CrewId, PersonId } from '#vocabulary/ids.ts';
import type { ClientKind, Role } from './events.ts';

export interface Member {
  personId: PersonId;
  crewId: CrewId | null;
  simulated: boolean;
  /** in the order they were granted */
  roles: Role[];
  /** roles that were taken back and not granted again since; a plan does not bring them back */
  takenBack: Role[];
  /** crew whose work a guest contractor sees and answers; null for everybody else, and for a guest without work */
  guestCrewId: CrewId | null;
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
  /** plant time of the newest lock-outs told, oldest first */
  lockOutsAtMs: number[];
}

export function memberOf(state: AccessState, personId: PersonId): Member | null {
  const member = state.people.get(personId);
  return member && member.leftAtMs === null ? member : null;
}

/**
 * The crew whose work is all that this person sees and answers.
 * @returns null for staff, who are not narrowed; `''`, which no crew has, for a guest without a crew
 */
export function guestCrewOf(state: AccessState, personId: PersonId): CrewId | null {
  const member = memberOf(state, personId);
  if (!member || member.roles.length === 0) return null;
  if (member.roles.some((role) => role !== 'guest contractor')) return null;
  return member.guestCrewId ?? member.crewId ?? '';
}

/** Administrators who have not left. */
export function administrators(state: AccessState): Member[] {
  return [...state.people.values()].filter((m) => m.leftAtMs === null && m.roles.includes('administrator'));
}
