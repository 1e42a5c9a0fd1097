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
/** A known device got a new secret; the old one no longer opens the door. */
export type ClientRekeyed = FactBody<'access.client-rekeyed', { clientId: string }>;
/** A guest contractor sees and answers the work of this crew, and nothing else. */
export type GuestAssigned = FactBody<'access.guest-assigned', { personId: PersonId; crewId: CrewId }>;
/** What a one-time link is for: the first administrator, an invited person, or a look at a demo. */
export type LinkPurpose = 'first' | 'invitation' | 'demo';
/** `linkId` tells links apart and opens nothing; the token itself is never a fact. */
export type LinkIssued = FactBody<
  'access.link-issued',
  { linkId: string; personId: PersonId; purpose: LinkPurpose }
>;
export type LinkRedeemed = FactBody<
  'access.link-redeemed',
  { linkId: string; personId: PersonId; purpose: LinkPurpose }
>;
/** A password was set or changed by a one-time link; earlier sessions of the person ended with it. */
export type PasswordSet = FactBody<'access.password-set', { personId: PersonId }>;
/** The author says who ended them: the person, or somebody who manages access. */
export type SessionsEnded = FactBody<
  'access.sessions-ended',
  { personId: PersonId; which: 'this one' | 'all' }
>;
/** Too many failed attempts shut the door for a while; null: the account is not known, or an address was shut out. */
export type LockedOut = FactBody<'access.locked-out', { personId: PersonId | null }>;

export type AccessFact =
  | PersonJoined
  | RoleGranted
  | RoleRevoked
  | PersonLeft
  | ClientEnrolled
  | ClientRevoked
  | ClientRekeyed
  | GuestAssigned
  | LinkIssued
  | LinkRedeemed
  | PasswordSet
  | SessionsEnded
  | LockedOut;
