import type { FactBody } from '#vocabulary/fact.ts';
import type { CrewId, PersonId } from '#vocabulary/ids.ts';

/** People with screens; edge and connector are identities without screens (`ClientKind`). */
export const ROLES = [
  'technician',
  'crew lead',
  'planner',
  'production',
  'quality',
  'reliability engineer',
  'owner',
  'finance',
  'security officer',
  'administrator',
  'guest contractor',
] as const;
export type Role = (typeof ROLES)[number];
export type ClientKind = 'edge' | 'connector';

export type PersonJoined = FactBody<
  'access.person-joined',
  { personId: PersonId; crewId: CrewId | null; simulated: boolean }
>;
export type RoleGranted = FactBody<'access.role-granted', { personId: PersonId; role: Role }>;
export type RoleRevoked = FactBody<'access.role-revoked', { personId: PersonId; role: Role }>;
export type PersonLeft = FactBody<'access.person-left', { personId: PersonId }>;
/** A device or connector with its own credential and publish list; the secret itself is never a fact. */
export type ClientEnrolled = FactBody<
  'access.client-enrolled',
  { clientId: string; kind: ClientKind; publish: string[]; by: PersonId | null }
>;
export type ClientRevoked = FactBody<'access.client-revoked', { clientId: string }>;

export type AccessFact =
  | PersonJoined
  | RoleGranted
  | RoleRevoked
  | PersonLeft
  | ClientEnrolled
  | ClientRevoked;
