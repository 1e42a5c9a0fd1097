import type { Command } from '#vocabulary/command.ts';
import type { CrewId, PersonId } from '#vocabulary/ids.ts';
import type { ClientKind, LinkPurpose, Role } from './events.ts';

export type JoinPerson = Command<
  'access.join-person',
  { personId: PersonId; crewId: CrewId | null; simulated: boolean }
>;
/** @param crewId for guest contractors alone: the crew whose work they see and answer */
export type GrantRole = Command<
  'access.grant-role',
  { personId: PersonId; role: Role; crewId?: CrewId | null }
>;
export type RevokeRole = Command<'access.revoke-role', { personId: PersonId; role: Role }>;
export type LeavePerson = Command<'access.person-left', { personId: PersonId }>;
export type EnrollClient = Command<
  'access.enroll-client',
  { clientId: string; kind: ClientKind; publish: string[] }
>;
export type RevokeClient = Command<'access.revoke-client', { clientId: string }>;
export type IssueLink = Command<
  'access.issue-link',
  { linkId: string; personId: PersonId; purpose: LinkPurpose }
>;
export type RedeemLink = Command<
  'access.redeem-link',
  { linkId: string; personId: PersonId; purpose: LinkPurpose }
>;
/** own sessions: this one, or all of them */
export type SignOut = Command<'access.sign-out', { which: 'this one' | 'all' }>;
/** every session of somebody */
export type EndSessions = Command<'access.end-sessions', { personId: PersonId }>;
export type ReportLockOut = Command<'access.report-lock-out', { personId: PersonId | null }>;

export type AccessCommand =
  | JoinPerson
  | GrantRole
  | RevokeRole
  | LeavePerson
  | EnrollClient
  | RevokeClient
  | IssueLink
  | RedeemLink
  | SignOut
  | EndSessions
  | ReportLockOut;
