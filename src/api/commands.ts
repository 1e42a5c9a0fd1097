import { z } from 'zod';

/** Answer to every command: how many facts followed and where the journal stands. */
export const done = z.object({ ok: z.literal(true), facts: z.number().int(), seq: z.number().int() });

export const id = z.string().min(1).max(120);
/** a sentence that a person types; kept apart from the journal so that it can be erased */
export const sentence = z.string().trim().min(1).max(1_000);
/** ms since 1970 */
export const moment = z.number().int().min(0).max(8_640_000_000_000_000);
export const amountMinor = z.number().int().min(0).max(1_000_000_000_000);
export const hours = z.number().min(0).max(10_000);
/** condition of a monitor; the limit in the signal's unit */
export const condition = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('limit'),
    direction: z.enum(['high', 'low']),
    limit: z.number(),
    deadband: z.number().min(0),
    onDelayMs: z.number().int().min(0),
    offDelayMs: z.number().int().min(0),
  }),
  z.strictObject({ kind: z.literal('stale'), afterMs: z.number().int().min(1) }),
]);
