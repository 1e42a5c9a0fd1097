import type { FactBody } from '#vocabulary/fact.ts';
import type { WorkFact } from './events.ts';

/** A fact of this room in today's shape. */
export function body<T extends WorkFact['type']>(
  type: T,
  data: Extract<WorkFact, { type: T }>['data'],
): FactBody {
  return { type, v: 1, data };
}
