import { z } from 'zod';
import { type AlertListView, alertListView } from '#views/alerts.ts';
import { commandRoute } from './command-route.ts';
import { id } from './commands.ts';
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
  commandRoute('alert.acknowledge', '/alert/:alertId/acknowledge', 'Say that you have seen it', {
    params: one,
  }),
  commandRoute('alert.answer-trial', '/alert/:alertId/answer-trial', 'Say whether you would have gone', {
    params: one,
    body: z.strictObject({ wouldGo: z.boolean() }),
  }),
];
