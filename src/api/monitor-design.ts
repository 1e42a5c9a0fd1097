import { z } from 'zod';
import type { Why } from '#core/backtest-why.ts';
import type { ProfileStep } from '#core/design.ts';
import type { MonitorDefinition } from '#monitor/events.ts';
import type { Series } from '#ports/samples.ts';
import type { DesignWish } from '#ports/design-desk.ts';
import {
  type DesignChoices,
  designChoices,
  designMeaning,
  type EventView,
  knownEvents,
  whyWithWork,
} from '#views/design.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { commandRoute } from './command-route.ts';
import { done, hours, id, moment, sentence } from './commands.ts';
import { conditionShape } from './condition.ts';
import { asRefused, refused } from './problem.ts';
import { type Route, route } from './route.ts';
import type { DesignAnswer } from './site.ts';
import { keepText, viewOf, withTexts } from './view.ts';

/** Limits of one profile question; a profile is asked in several, so that a moved limit never waits long. */
const MAX_LIMITS = 10;
/** Conditions judged side by side. */
const MAX_SIDES = 2;
const MAX_ACTIONS = 10;
/** Points of one picture: more than any screen is wide. */
const MAX_POINTS = 4_000;
const span = z.number().int().min(0);
const short = z.string().trim().min(1).max(200);

const responseShape = z.strictObject({
  rung: z.enum(['desk look', 'walk-by', 'intrusive check', 'repair']),
  firstAction: short,
  checkJobPlanId: id.nullable(),
  repairJobPlanId: id.nullable(),
  crewId: id,
  visitH: hours,
  withinMs: span,
  productionCan: z.array(short).max(MAX_ACTIONS).optional(),
});

const definitionShape = z.strictObject({
  name: short,
  failureModeId: id,
  signalId: id,
  condition: conditionShape,
  limitSource: z
    .strictObject({ text: short, grade: z.enum(['measured', 'estimated', 'assumed']) })
    .nullable(),
  staleAfterMs: span.min(1),
  quietMs: span,
  proofMs: span,
  firstOut: z.strictObject({ group: short, withinMs: span.min(1) }).optional(),
  decision: short.nullable(),
  response: responseShape.nullable(),
  owner: id.nullable(),
  expectedWrongVisitsPerWeek: z
    .strictObject({
      value: z.number().min(0),
      grade: z.enum(['measured', 'estimated', 'assumed']),
      by: id.nullable(),
      source: short.nullable(),
    })
    .nullable(),
}) as unknown as z.ZodType<MonitorDefinition>;

const designShape = z.strictObject({
  /** id of the monitor, or the one it will have: its own charge on the noise budget is left out */
  monitorId: id,
  definition: definitionShape,
  fromMs: moment.optional(),
  toMs: moment.optional(),
  splitAtMs: moment.optional(),
});

export const designRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/monitor/design/choices',
    policy: { read: 'monitor' },
    summary: 'What the slots of a new monitor may be filled with, and where each kind of signal starts',
    answer: viewOf<DesignChoices>(),
    handle: async (_input, call) => designChoices(call.site.state()),
  }),
  route({
    method: 'POST',
    path: '/monitor/design/judge',
    policy: { read: 'monitor' },
    summary: 'What a definition would have done on history, with up to one other condition beside it',
    body: designShape.extend({ beside: conditionShape.optional() }),
    answer: viewOf<DesignAnswer>(),
    perMinute: 600,
    handle: async ({ body }, call) => {
      const state = call.site.state();
      const events = knownEvents(state, body.definition.failureModeId);
      const conditions = [body.definition.condition, ...(body.beside ? [body.beside] : [])];
      const told = await answered(call.designs.judge(wishOf(body, events), conditions.slice(0, MAX_SIDES)));
      const meaning = told.judged.map(({ whole }) => designMeaning(state, { ...body, whole }));
      return withTexts(call, { ...told, events, meaning });
    },
  }),
  route({
    method: 'POST',
    path: '/monitor/design/picture',
    policy: { read: 'monitor' },
    summary: 'The readings a definition is judged on, received and imported, as few points',
    body: designShape.extend({ points: z.number().int().min(10).max(MAX_POINTS) }),
    answer: viewOf<Series>(),
    perMinute: 120,
    handle: async ({ body }, call) =>
      answered(call.designs.picture(wishOf(body, []), body.definition.condition, body.points)),
  }),
  route({
    method: 'POST',
    path: '/monitor/design/profile',
    policy: { read: 'monitor' },
    summary: 'True, false and missed for a few other limits of the same definition',
    body: designShape.extend({ limits: z.array(z.number()).min(1).max(MAX_LIMITS) }),
    answer: viewOf<ProfileStep[]>(),
    perMinute: 600,
    handle: async ({ body }, call) => {
      const events = knownEvents(call.site.state(), body.definition.failureModeId);
      const { condition } = body.definition;
      return answered(call.designs.profile(wishOf(body, events), condition, body.limits));
    },
  }),
  route({
    method: 'POST',
    path: '/monitor/design/draft',
    policy: { command: 'monitor.draft' },
    summary: 'Draft a new monitor',
    body: z.strictObject({ monitorId: id, definition: definitionShape, reason: sentence }),
    answer: done,
    handle: async ({ body }, call) => call.run({ ...body, reason: keepText(call, body.reason) }),
  }),
  commandRoute(
    'monitor.change',
    '/monitor/:monitorId/redesign',
    'Make a new version with another definition; the one in effect stays until the new one goes live',
    {
      params: z.strictObject({ monitorId: id }),
      body: z.strictObject({ definition: definitionShape, reason: sentence }),
    },
  ),
  route({
    method: 'GET',
    path: '/monitor/:monitorId/why',
    policy: { read: 'monitor' },
    summary: 'Why the monitor did, or did not, say something at a moment, step by step',
    params: z.strictObject({ monitorId: id }),
    query: z.strictObject({
      at: z.coerce.number().int().min(0),
      version: z.coerce.number().int().optional(),
    }),
    answer: viewOf<Why>(),
    perMinute: 120,
    handle: async ({ params, query }, call) => {
      const why = await answered(call.designs.why(params.monitorId, query.version ?? null, query.at));
      return whyWithWork(call.site.state(), params.monitorId, why);
    },
  }),
  ...eventRoutes(),
];

function eventRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/monitor/event/mark',
      policy: { command: 'monitor.mark-event' },
      summary: 'Mark a breakdown that people remember; limits are scored against it',
      body: z.strictObject({
        eventId: id,
        failureModeId: id,
        fromMs: moment,
        toMs: moment,
        atMs: moment,
        note: sentence.nullable(),
      }),
      answer: done,
      handle: async ({ body }, call) =>
        call.run({ ...body, note: body.note === null ? null : keepText(call, body.note) }),
    }),
    route({
      method: 'POST',
      path: '/monitor/event/:eventId/unmark',
      policy: { command: 'monitor.unmark-event' },
      summary: 'Take a marked breakdown away',
      params: z.strictObject({ eventId: id }),
      answer: done,
      handle: async ({ params }, call) => call.run(params),
    }),
  ];
}

function wishOf(body: z.output<typeof designShape>, events: readonly EventView[]): DesignWish {
  const { definition, fromMs, toMs, splitAtMs } = body;
  const { signalId, staleAfterMs, quietMs } = definition;
  return {
    ...{ signalId, staleAfterMs, quietMs, events },
    fromMs: fromMs ?? null,
    toMs: toMs ?? null,
    splitAtMs: splitAtMs ?? null,
  };
}

async function answered<T>(asked: Promise<T | Refusal>): Promise<T> {
  const said = await asked.catch((failure: unknown) => {
    throw asRefused(failure);
  });
  if (isRefusal(said)) throw refused(said);
  return said;
}
