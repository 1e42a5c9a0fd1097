import { z } from 'zod';
import { type WeekView, weekOpenedAt, weekStartOf, weekView } from '#views/week.ts';
import { commandRoute } from './command-route.ts';
import { id, moment, sentence } from './commands.ts';
import { type Route, route } from './route.ts';
import { lookOf, viewOf, withTexts } from './view.ts';

export const planRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/plan',
    policy: { read: 'plan' },
    summary:
      'Who does what in a week, by crew and day; without a time the week to plan, at a weekend the next',
    query: z.strictObject({ atMs: z.coerce.number().pipe(moment).optional() }),
    answer: viewOf<WeekView>(),
    handle: async ({ query }, call) => {
      const look = lookOf(call);
      const startMs = query.atMs === undefined ? weekOpenedAt(look.nowMs) : weekStartOf(query.atMs);
      return withTexts(call, weekView(look, startMs));
    },
  }),
  commandRoute(
    'plan.reschedule-order',
    '/plan/order/:orderId/reschedule',
    'Move an order to another day, with the reason',
    { params: z.strictObject({ orderId: id }), body: z.strictObject({ dayMs: moment, reason: sentence }) },
  ),
];
