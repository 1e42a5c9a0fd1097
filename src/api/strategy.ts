import { z } from 'zod';
import { KPI_NAMES } from '#strategy/kpi-names.ts';
import { type StrategyView, strategyView } from '#views/strategy.ts';
import { commandRoute } from './command-route.ts';
import { done, id, moment, sentence } from './commands.ts';
import { missing } from './problem.ts';
import { type Call, type Route, route } from './route.ts';
import { assetRoutes } from './strategy-assets.ts';
import { importRoutes } from './strategy-imports.ts';
import { lossRoutes } from './strategy-losses.ts';
import { pilotRoutes } from './strategy-pilot.ts';
import { estimate, figure, gradedBy, idFromName, words } from './strategy-shapes.ts';
import { startRoutes } from './strategy-start.ts';
import { keepText, lookOf, viewOf } from './view.ts';

const MAX_WEEKS = 106;
const lineState = z.enum(['sold out', 'can be caught up', 'idle']);
const objectiveBody = z.strictObject({
  name: words,
  kpi: z.enum(KPI_NAMES as [string, ...string[]]),
  unit: words,
  target: z.number().min(0).max(1e12).nullable(),
  dueMs: moment.nullable(),
  valuePerUnitMinor: figure.nullable(),
  valueByState: z
    .strictObject({
      'sold out': figure.nullable(),
      'can be caught up': figure.nullable(),
      idle: figure.nullable(),
    })
    .nullable()
    .default(null),
  contributors: z
    .array(z.strictObject({ personId: id, as: z.enum(['R', 'A', 'C', 'I']) }))
    .max(50)
    .default([]),
});
const oneObjective = z.strictObject({ objectiveId: id });

function setObjective(call: Call, objectiveId: string, body: z.output<typeof objectiveBody>) {
  const known = call.site.state().strategy.objectives.get(objectiveId);
  const byState = body.valueByState;
  return call.run({
    objectiveId,
    ...body,
    baseline: known?.baseline ?? null,
    valuePerUnitMinor: gradedBy(call, body.valuePerUnitMinor),
    valueByState: byState && {
      'sold out': gradedBy(call, byState['sold out']),
      'can be caught up': gradedBy(call, byState['can be caught up']),
      idle: gradedBy(call, byState.idle),
    },
    accountable: body.contributors.find((one) => one.as === 'A')?.personId ?? null,
  });
}

const objectiveRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/strategy',
    policy: { read: 'strategy' },
    summary: 'Objectives, assets, failure modes, and what is missing',
    answer: viewOf<StrategyView>(),
    handle: async (_input, call) => strategyView(lookOf(call)),
  }),
  commandRoute(
    'strategy.set-shifts',
    '/strategy/crew/:crewId/shifts',
    'When a crew works, and its minutes a week for looks from the desk',
    {
      params: z.strictObject({ crewId: id }),
      body: z.strictObject({
        shifts: z
          .array(
            z.strictObject({
              day: z.number().int().min(1).max(7),
              startMin: z.number().int().min(0).max(1_439),
              endMin: z.number().int().min(0).max(1_440),
            }),
          )
          .max(21),
        triageMinPerWeek: z.number().min(0).max(10_080).nullable().default(null),
      }),
    },
  ),
  route({
    method: 'POST',
    path: '/strategy/plant',
    policy: { command: 'strategy.describe-plant' },
    summary: 'Name the plant, its line, time zone and currency',
    body: z.strictObject({
      name: words,
      line: words,
      timeZone: words,
      currency: z.string().regex(/^[A-Z]{3}$/),
    }),
    answer: done,
    handle: async ({ body }, call) => {
      const simulated = call.site.state().strategy.plant?.simulated ?? false;
      return call.run({ ...body, simulated });
    },
  }),
  route({
    method: 'POST',
    path: '/strategy/objective',
    policy: { command: 'strategy.set-objective' },
    summary: 'Set a new objective: KPI, target, date, value per unit, who answers and who helps',
    body: objectiveBody,
    answer: done.extend({ objectiveId: id }),
    handle: async ({ body }, call) => {
      const { site, strategy } = call.site.state();
      const objectiveId = idFromName(
        site,
        body.name,
        strategy.objectives,
        (known) => strategy.objectives.get(known)?.name === body.name,
      );
      return { ...(await setObjective(call, objectiveId, body)), objectiveId };
    },
  }),
  route({
    method: 'POST',
    path: '/strategy/objective/:objectiveId',
    policy: { command: 'strategy.set-objective' },
    summary: 'Change an objective; its baseline moves by freezing another one only',
    params: oneObjective,
    body: objectiveBody,
    answer: done,
    handle: async ({ params, body }, call) => {
      if (!call.site.state().strategy.objectives.has(params.objectiveId)) {
        throw missing('strategy', `The objective "${params.objectiveId}"`);
      }
      return setObjective(call, params.objectiveId, body);
    },
  }),
  route({
    method: 'POST',
    path: '/strategy/objective/:objectiveId/baseline',
    policy: { command: 'strategy.freeze-baseline' },
    summary: 'Freeze a baseline over a period: estimated by you, or measured from imports',
    params: oneObjective,
    body: z.strictObject({
      value: z.number().min(0).max(1e12),
      /** imports that it was computed from; [] = your estimate */
      importIds: z.array(id).max(100).default([]),
      source: words.nullable().default(null),
      fromMs: moment,
      toMs: moment,
      reason: sentence.nullable().default(null),
    }),
    answer: done,
    handle: async ({ params, body }, call) => {
      const { value, source, reason, ...period } = body;
      const measured = period.importIds.length > 0;
      const baseline = measured
        ? { value, grade: 'measured' as const, by: null, source: source ?? 'history' }
        : estimate(call, value);
      return call.run({
        ...params,
        ...period,
        baseline,
        reason: reason === null ? null : keepText(call, reason),
      });
    },
  }),
  commandRoute(
    'strategy.set-line-state',
    '/strategy/line-state',
    'Say for weeks whether the line is sold out, can catch up, or stands idle',
    {
      body: z.strictObject({
        weeks: z
          .array(z.strictObject({ week: z.string().max(8), state: lineState }))
          .min(1)
          .max(MAX_WEEKS),
      }),
    },
  ),
];

export const strategyRoutes: Route[] = [
  ...objectiveRoutes,
  ...assetRoutes,
  ...pilotRoutes,
  ...startRoutes,
  ...importRoutes,
  ...lossRoutes,
];
