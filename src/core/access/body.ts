import type { Decision } from '#vocabulary/command.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import { refuse } from '#vocabulary/refusal.ts';
import type { AccessFact } from './events.ts';

export function fact<F extends AccessFact>(type: F['type'], data: F['data']): FactBody {
  return { type, v: 1, data };
}

export function unknownPerson(personId: string): Decision {
  return refuse(
    'E-ACCESS-005',
    `${personId} does not belong to this site.`,
    'Invite the person first, or check the id on the people page.',
  );
}
