import type { Command } from '#vocabulary/command.ts';
import type { CrewId, PersonId } from '#vocabulary/ids.ts';
import type { ClientKind, Role } from './events.ts';

export type JoinPerson = Command<
  'access.join-person',
  { personId: PersonId; crewId: CrewId | null; simulated: boolean }
>;
export type GrantRole = Command<'access.grant-role', { personId: PersonId; role: Role }>;
export type RevokeRole = Command<'access.revoke-role', { personId: PersonId; role: Role }>;
export type LeavePerson = Command<'access.person-left', { personId: PersonId }>;
export type EnrollClient = Command<
  'access.enroll-client',
  { clientId: string; kind: ClientKind; publish: string[] }
>;
export type RevokeClient = Command<'access.revoke-client', { clientId: string }>;

export type AccessCommand = JoinPerson | GrantRole | RevokeRole | LeavePerson | EnrollClient | RevokeClient;
