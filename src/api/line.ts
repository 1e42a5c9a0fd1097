import { z } from 'zod';
import { type LineView, lineView } from '#views/line.ts';
import { type Route, route } from './route.ts';
import { lookOf, viewOf } from './view.ts';

export const lineRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/line',
    policy: { read: 'line' },
    summary: 'Where does the line break? Objective to money, one thread per failure mode',
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(3_650).default(90) }),
    answer: viewOf<LineView>(),
    handle: async ({ query }, call) => lineView(lookOf(call), query.days),
  }),
];
