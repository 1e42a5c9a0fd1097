import { z } from 'zod';
import { type WeekView, weekOpenedAt, weekStartOf, weekView } from '#views/week.ts';
import { done, id, moment, sentence } from './commands.ts';
import { type Route, route } from './route.ts';
import { keepText, lookOf, viewOf, withTexts } from './view.ts';

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
  route({
    method: 'POST',
    path: '/plan/order/:orderId/reschedule',
    policy: { command: 'plan.reschedule-order' },
    summary: 'Move an order to another day, with the reason',
    params: z.strictObject({ orderId: id }),
    body: z.strictObject({ dayMs: moment, reason: sentence }),
    answer: done,
    handle: async ({ params, body }, call) =>
      call.run({ ...params, dayMs: body.dayMs, reason: keepText(call, body.reason) }),
  }),
];
