import { z } from 'zod';
import { type StrategyView, strategyView } from '#views/strategy.ts';
import { done, id } from './commands.ts';
import { type Route, route } from './route.ts';
import { lookOf, viewOf } from './view.ts';

export const strategyRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/strategy',
    policy: { read: 'strategy' },
    summary: 'Objectives, assets, failure modes, and what is missing',
    answer: viewOf<StrategyView>(),
    handle: async (_input, call) => strategyView(lookOf(call)),
  }),
  route({
    method: 'POST',
    path: '/strategy/crew/:crewId/shifts',
    policy: { command: 'strategy.set-shifts' },
    summary: 'When a crew works, and its minutes a week for looks from the desk',
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
    answer: done,
    handle: async ({ params, body }, call) => call.run({ ...params, ...body }),
  }),
];
