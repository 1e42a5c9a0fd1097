import type { FactBody } from '#vocabulary/fact.ts';
import type { AlertFact } from './events.ts';

/** A fact of this room in today's shape. */
export function body<T extends AlertFact['type']>(
  type: T,
  data: Extract<AlertFact, { type: T }>['data'],
): FactBody {
  return { type, v: 1, data };
}
