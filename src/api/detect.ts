import { type DetectView, detectView } from '#views/detect.ts';
import { type Route, route } from './route.ts';
import { lookOf, viewOf } from './view.ts';

export const detectRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/detect',
    policy: { read: 'detect' },
    summary: 'What the data plane says now: conditions set, signals without valid readings',
    answer: viewOf<DetectView>(),
    handle: async (_input, call) => detectView(lookOf(call)),
  }),
];
