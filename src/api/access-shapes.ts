import { z } from 'zod';
import { ROLES } from '#access/events.ts';
import { COMMAND_TYPES, READ_WORDS } from '#access/policy.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '#ports/identity.ts';
import type { AccountView, ClientView, Enrolment, Invitation, LinkLook, Me, PersonView } from './contract.ts';

export const personId = z.string().min(1).max(100);
export const email = z.string().trim().min(3).max(254);
export const name = z.string().trim().min(1).max(100);
export const newPassword = z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH);
export const token = z.string().min(20).max(100);
export const roles = z.array(z.enum(ROLES));

export const me = z.object({
  personId,
  name: z.string(),
  roles,
  crewId: z.string().nullable(),
  simulated: z.boolean(),
  demo: z.boolean(),
  eyes: z.array(z.object({ personId, name: z.string(), roles })),
  plant: z
    .object({
      name: z.string(),
      line: z.string(),
      timeZone: z.string(),
      currency: z.string(),
      simulated: z.boolean(),
    })
    .nullable(),
  mayRun: z.array(z.enum(COMMAND_TYPES)),
  mayRead: z.array(z.enum(READ_WORDS)),
  sessionEndsAt: z.iso.datetime(),
}) satisfies z.ZodType<Me>;

export const person = z.object({
  personId,
  name: z.string(),
  roles,
  crewId: z.string().nullable(),
  simulated: z.boolean(),
  left: z.boolean(),
  erased: z.boolean(),
}) satisfies z.ZodType<PersonView>;

export const account = person.extend({
  email: z.string().nullable(),
  hasPassword: z.boolean(),
  sessions: z.number().int(),
  invitedUntil: z.iso.datetime().nullable(),
}) satisfies z.ZodType<AccountView>;

export const invitation = z.object({
  personId,
  path: z.string(),
  expiresAt: z.iso.datetime(),
}) satisfies z.ZodType<Invitation>;

export const linkLook = z.object({
  kind: z.enum(['first', 'invitation', 'demo']),
  name: z.string(),
  expiresAt: z.iso.datetime(),
}) satisfies z.ZodType<LinkLook>;

export const client = z.object({
  clientId: z.string(),
  kind: z.enum(['edge', 'connector']),
  publish: z.array(z.string()),
  enrolledAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
}) satisfies z.ZodType<ClientView>;

export const enrolment = z.object({
  clientId: z.string(),
  secret: z.string(),
  url: z.string(),
  ca: z.string(),
}) satisfies z.ZodType<Enrolment>;
