import { type TodayView, todayView } from '#views/today.ts';
import { type Route, route } from './route.ts';
import { lookOf, viewer, viewOf, withTexts } from './view.ts';

export const todayRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/today',
    policy: { read: 'today' },
    summary: 'What needs me?',
    answer: viewOf<TodayView>(),
    handle: async (_input, call) => withTexts(call, todayView(lookOf(call), viewer(call))),
  }),
];
