import { z } from 'zod';
import { PLAN_ROLES } from '#ports/plan-file.ts';
import { conditionYaml } from './condition.ts';

// No transforms here: what this says is also the published JSON Schema. convert.ts turns it into the core's units.

const DURATION = /^(\d+(\.\d+)?\s*(ms|s|min|m|h|d|w)|0)$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const id = z.string({ error: 'must be an id' }).regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
  error: 'must be an id: letters, digits, - and _, at most 64',
});
const text = z.string().min(1).max(2_000);
const texts = z.array(text).max(100);
const duration = z
  .string({ error: 'must be a duration: 10 s, 30 min, 6 h, 7 d' })
  .regex(DURATION, { error: 'must be a duration: 10 s, 30 min, 6 h, 7 d' })
  .describe('duration: 10 s, 30 min, 6 h, 7 d');
const day = z
  .string({ error: 'must be a date: 2026-11-23' })
  .regex(DAY, { error: 'must be a date: 2026-11-23' })
  .refine(isDay, { error: 'is a day that does not exist' })
  .describe('date in UTC: 2026-11-23');
const amount = z.number().min(0);
const money = amount.describe('in major units of the plant’s currency');
const grade = z.enum(['measured', 'estimated', 'assumed']);
const score = z.int().min(1).max(5);

function isDay(written: string): boolean {
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written);
}

/** A figure with its grade: an estimate names a person, a measurement its source. */
function graded<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, grade, by: id.optional(), source: text.optional() });
}

const plant = z.strictObject({
  site: id.describe('short name of the site; begins every id'),
  name: text,
  line: text,
  timeZone: text.describe('IANA name: Europe/Berlin'),
  currency: z.string().regex(/^[A-Z]{3}$/, { error: 'must be three capitals of ISO 4217: EUR' }),
  simulated: z.boolean(),
});

const person = z
  .strictObject({
    id,
    name: text.optional().describe('only for simulated people: a real person brings a name by invitation'),
    simulated: z.boolean(),
    roles: z.array(z.enum(PLAN_ROLES)).max(PLAN_ROLES.length),
    crew: id.optional().describe('of a guest contractor: the crew whose work they see and answer'),
  })
  .refine((one) => one.simulated === false || typeof one.name === 'string', {
    error: 'is missing: a simulated person has a name',
    path: ['name'],
    when: isObject,
  })
  .refine((one) => one.simulated !== false || one.name === undefined, {
    error: 'must be left out: real people are invited by link, their names stay out of files',
    path: ['name'],
    when: isObject,
  })
  .refine((one) => one.crew === undefined || one.roles?.includes('guest contractor') === true, {
    error: "must be left out: it bounds what a guest contractor sees; others stand in their crew's list",
    path: ['crew'],
    when: isObject,
  });

/** These two look at a person who has other faults too, so that all are told at once. */
function isObject({ value }: { value: unknown }): boolean {
  return typeof value === 'object' && value !== null;
}

const objective = z.strictObject({
  id,
  name: text,
  kpi: text,
  unit: text,
  baseline: graded(amount).optional(),
  target: amount.optional(),
  due: day.optional(),
  valuePerUnit: graded(money).optional(),
  accountable: id.optional(),
});

const criticality = z.strictObject({
  class: z.enum(['A', 'B', 'C']),
  consequence: z.strictObject({
    safety: score,
    environment: score,
    foodSafety: score,
    production: score,
    cost: score,
  }),
  likelihood: score,
  assessedBy: z.array(id).max(50),
  assessed: day,
  reviewDue: day,
});

const asset = z.strictObject({
  id,
  name: text,
  parent: id.optional(),
  class: text.describe('equipment class: centrifugal pump'),
  stopHour: graded(money).optional(),
  criticality: criticality.optional(),
});

const failureMode = z.strictObject({
  id,
  asset: id,
  position: text,
  name: text,
  group: text,
  iso14224: z.string().regex(/^[A-Z]{3}$/, { error: 'must be three capitals, for example VIB' }),
  objective: id,
  pfMin: graded(duration).optional(),
  consequence: z
    .strictObject({
      kind: z.enum(['safety', 'food-safety', 'environment', 'production', 'cost']),
      stopHours: graded(amount).optional(),
      repair: graded(money).optional(),
      secondary: graded(money).optional(),
    })
    .optional(),
  currentControl: z.strictObject({ what: text, interval: duration }).optional(),
  baselineLossPerYear: graded(money).optional(),
  runToFailure: z.strictObject({ acceptedBy: id, reviewDue: day }).optional(),
});

const crew = z.strictObject({
  id,
  name: text,
  craft: text,
  technicians: z.array(id).max(200),
  lead: id.optional(),
  presentHoursPerWeek: amount.describe('person-hours'),
  cbmSharePercent: amount.max(100).describe('share of present hours for condition-based walks'),
  ratePerHour: money,
});

const jobPlan = z.strictObject({
  id,
  name: text,
  craft: text,
  steps: texts,
  duration: duration,
  people: z.int().min(1).max(50),
  parts: z
    .array(z.strictObject({ number: text, name: text, quantity: amount, cost: money, leadTime: duration }))
    .max(100)
    .optional(),
  needsStop: z.boolean(),
  plannedDowntime: duration.optional(),
  trueIf: texts.optional(),
  falseIf: texts.optional(),
});

const signal = z.strictObject({
  id,
  asset: id,
  name: text,
  sourceUnit: text.optional().describe('unit the source sends; the same as `unit` when absent'),
  unit: text,
  interval: duration.describe('usual time between readings'),
  mqtt: z
    .strictObject({
      topic: text,
      value: text.optional(),
      time: text.optional(),
      quality: text.optional(),
      batch: z.string().max(200).optional(),
    })
    .optional(),
  file: z.strictObject({ column: text }).optional(),
  sensorKeeper: id.optional(),
  gatewayKeeper: id.optional(),
});

const monitor = z.strictObject({
  id,
  name: text,
  failureMode: id,
  signal: id,
  condition: conditionYaml,
  limitSource: z.strictObject({ text, grade }).optional(),
  stale: duration.optional().describe('no valid signal after this; 3 times the usual interval when absent'),
  quiet: duration.describe('a new alert this soon after the last clear joins the case'),
  proof: duration.describe('the condition must stay clear this long after the repair'),
  firstOut: z
    .strictObject({ group: text, within: duration })
    .optional()
    .describe('of alerts of one group within this time the earliest makes the work'),
  decision: text.optional(),
  response: z
    .strictObject({
      rung: z.enum(['desk look', 'walk-by', 'intrusive check', 'repair']),
      firstAction: text,
      checkJobPlan: id.optional(),
      repairJobPlan: id.optional(),
      crew: id,
      visit: duration.describe('what one visit costs'),
      within: duration.describe('how soon somebody goes'),
    })
    .optional(),
  owner: id.optional(),
  expectedWrongVisitsPerWeek: graded(amount).optional(),
  reason: text,
  wanted: z.enum(['draft', 'trial', 'live']),
  proposer: id,
  signOffs: z
    .array(z.strictObject({ by: id, as: z.enum(['technician', 'owner']) }))
    .max(10)
    .optional(),
  activator: id.optional(),
});

const MAX_ENTRIES = 1_000;
const list = <T extends z.ZodType>(entry: T) => z.array(entry).max(MAX_ENTRIES);

/** plan.yaml, version 1. */
export const planSchema = z.strictObject({
  version: z.literal(1, { error: 'must be 1: this program reads plan files of version 1' }),
  plant,
  people: list(person).optional(),
  objectives: list(objective).optional(),
  assets: list(asset).optional(),
  failureModes: list(failureMode).optional(),
  crews: list(crew).optional(),
  jobPlans: list(jobPlan).optional(),
  signals: list(signal).optional(),
  monitors: list(monitor).optional(),
});

export type PlanYaml = z.infer<typeof planSchema>;

/** JSON Schema (2020-12) of a plan file, for editors. */
export function planJsonSchema(): object {
  return { title: 'Throughline plan file, version 1', ...z.toJSONSchema(planSchema) };
}
