import { z } from 'zod';
import { CONDITIONS, type ConditionSpec, conditionFor } from '#vocabulary/conditions/all.ts';
import type { ConditionBase, Field } from '#vocabulary/conditions/condition.ts';
import { parseDurationMs } from '#vocabulary/time.ts';

const DURATION = /^(\d+(\.\d+)?\s*(ms|s|min|m|h|d|w)|0)$/;
const duration = z
  .string({ error: 'must be a duration: 10 s, 30 min, 6 h, 7 d' })
  .regex(DURATION, { error: 'must be a duration: 10 s, 30 min, 6 h, 7 d' });
const id = z.string().min(1).max(64);
const MAX_NAMES = 8;

/** `overMs` is written `over`: a span says its own unit. */
function planKey({ key, of }: Field): string {
  return of === 'span' ? key.replace(/Ms$/, '') : key;
}

function shapeOf(field: Field): z.ZodType {
  const { of, label } = field;
  if (of === 'span') return duration.describe(label);
  if (of === 'choice') return z.string().describe(`${label}: ${(field.choices ?? []).join(' or ')}`);
  if (of === 'text') return z.string().min(1).max(500).describe(label);
  if (of === 'signals') {
    const named = z.record(id, id).describe(`${label}: a name for each, and its signal`);
    return named.refine((names) => Object.keys(names).length <= MAX_NAMES, {
      error: 'names too many signals',
    });
  }
  return z.number().describe(label);
}

function allFields(): Record<string, z.ZodType> {
  const shapes: Record<string, z.ZodType> = {};
  for (const { fields } of CONDITIONS as readonly { fields: readonly Field[] }[]) {
    for (const field of fields) shapes[planKey(field)] ??= shapeOf(field).optional();
  }
  return shapes;
}

const kinds = CONDITIONS.map(({ kind }) => kind);

/** `high`, `low` and `stale` say their kind by themselves; every other condition names it, with the figures of that kind. */
export const conditionYaml = z.strictObject({
  ...(allFields() as object),
  high: z.number().optional(),
  low: z.number().optional(),
  deadband: z.number().min(0).optional(),
  stale: duration.optional(),
  kind: z.enum(kinds).optional().describe('the kind of condition, where it is neither high, low nor stale'),
  onDelay: duration.optional(),
  offDelay: duration.optional(),
  nOfM: z
    .strictObject({ n: z.int().min(1), m: z.int().min(1).max(32) })
    .optional()
    .describe('true when n of the last m readings are'),
  onlyWhile: z
    .strictObject({
      signal: id,
      atLeast: z.number().optional(),
      atMost: z.number().optional(),
      state: z.string().min(1).max(60).describe('the operating state in a word: running'),
      holds: duration
        .optional()
        .describe('unknown after this long without a reading; absent: until it changes'),
    })
    .optional()
    .describe('readings count only while this signal lies in the band'),
});

export type ConditionYaml = z.infer<typeof conditionYaml>;

/** The schema has checked the text already. */
function ms(text: string): number {
  return parseDurationMs(text) ?? Number.NaN;
}

/** What says the kind: exactly one of these stands in a condition. */
export function kindsGiven(one: ConditionYaml): string[] {
  return (['high', 'low', 'stale', 'kind'] as const).filter((key) => one[key] !== undefined);
}

/** A condition of the file in the core's units; names of signals are still those of the file. */
export function conditionOfPlan(one: ConditionYaml): ConditionSpec {
  const spec = { ...ownFields(one), ...shared(one) };
  return spec as ConditionSpec;
}

function ownFields(one: ConditionYaml): ConditionBase {
  if (one.stale !== undefined) return { kind: 'stale', afterMs: ms(one.stale) } as ConditionBase;
  if (one.kind === undefined) {
    return {
      kind: 'limit',
      direction: one.high === undefined ? 'low' : 'high',
      limit: one.high ?? one.low ?? Number.NaN,
      deadband: one.deadband ?? 0,
      onDelayMs: 0,
      offDelayMs: 0,
    } as ConditionBase;
  }
  const given = one as Record<string, unknown>;
  const own: Record<string, unknown> = { kind: one.kind };
  for (const field of conditionFor(one.kind)?.fields ?? []) {
    const value = given[planKey(field)] ?? (field.of === 'band' && !field.optional ? 0 : undefined);
    if (value !== undefined) own[field.key] = field.of === 'span' ? ms(value as string) : value;
  }
  return own as unknown as ConditionBase;
}

function shared({ onDelay, offDelay, nOfM, onlyWhile }: ConditionYaml): Partial<ConditionBase> {
  return {
    ...(onDelay !== undefined && { onDelayMs: ms(onDelay) }),
    ...(offDelay !== undefined && { offDelayMs: ms(offDelay) }),
    ...(nOfM && { nOfM }),
    ...(onlyWhile && {
      onlyWhile: {
        signalId: onlyWhile.signal,
        atLeast: onlyWhile.atLeast ?? null,
        atMost: onlyWhile.atMost ?? null,
        state: onlyWhile.state,
        holdsMs: onlyWhile.holds === undefined ? null : ms(onlyWhile.holds),
      },
    }),
  };
}
