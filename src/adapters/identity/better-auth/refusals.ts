import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '#ports/identity.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';

export function deadLink(): Refusal {
  return refuse(
    'E-IDENTITY-003',
    'This link was used already, has expired, or never existed.',
    'Ask an administrator for a new one; on a new site, start Throughline again to print another.',
  );
}

export function weakCredentials(why: string): Refusal {
  return refuse(
    'E-IDENTITY-004',
    why,
    `Give an e-mail address and a password of ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters.`,
  );
}
