import { z } from 'zod';
import { CONDITIONS, type ConditionSpec } from '#vocabulary/conditions/all.ts';
import type { Field } from '#vocabulary/conditions/condition.ts';

const span = z.number().int().min(0);
const signalId = z.string().min(1).max(200);
const MAX_TEXT = 500;

function shapeOf(field: Field): z.ZodType {
  const { of, label } = field;
  if (of === 'choice') return z.enum((field.choices ?? []) as [string, ...string[]]).describe(label);
  if (of === 'text') return z.string().min(1).max(MAX_TEXT).describe(label);
  if (of === 'signals') return z.record(z.string(), signalId).describe(label);
  if (of === 'span') return span.describe(`${label}, ms`);
  return z.number().describe(label);
}

const shared = {
  onDelayMs: span.optional(),
  offDelayMs: span.optional(),
  nOfM: z.strictObject({ n: z.number().int(), m: z.number().int() }).optional(),
  onlyWhile: z
    .strictObject({
      signalId,
      atLeast: z.number().nullable(),
      atMost: z.number().nullable(),
      state: z.string().min(1).max(60),
      holdsMs: span.nullable(),
    })
    .optional(),
};

const kinds = (CONDITIONS as readonly { kind: string; fields: readonly Field[] }[]).map(({ kind, fields }) =>
  z.strictObject({
    kind: z.literal(kind),
    ...Object.fromEntries(
      fields.map((field) => [field.key, field.optional ? shapeOf(field).optional() : shapeOf(field)]),
    ),
    ...shared,
  }),
);

/** Any condition, made from the fields that each kind declares; its figures are checked where it is decided. */
export const conditionShape = z.discriminatedUnion(
  'kind',
  kinds as [(typeof kinds)[number], ...(typeof kinds)[number][]],
) as unknown as z.ZodType<ConditionSpec>;
