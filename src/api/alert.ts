import { z } from 'zod';
import { type AlertListView, alertListView } from '#views/alerts.ts';
import { done, id } from './commands.ts';
import { type Route, route } from './route.ts';
import { lookOf, viewOf } from './view.ts';

const one = z.strictObject({ alertId: id });

export const alertRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/alert',
    policy: { read: 'alert' },
    summary: 'Alerts, newest first, with their cases; trials apart',
    answer: viewOf<AlertListView>(),
    handle: async (_input, call) => alertListView(lookOf(call)),
  }),
  route({
    method: 'POST',
    path: '/alert/:alertId/acknowledge',
    policy: { command: 'alert.acknowledge' },
    summary: 'Say that you have seen it',
    params: one,
    answer: done,
    handle: async ({ params }, call) => call.run(params),
  }),
  route({
    method: 'POST',
    path: '/alert/:alertId/answer-trial',
    policy: { command: 'alert.answer-trial' },
    summary: 'Say whether you would have gone',
    params: one,
    body: z.strictObject({ wouldGo: z.boolean() }),
    answer: done,
    handle: async ({ params, body }, call) => call.run({ ...params, ...body }),
  }),
];
