import { type StrategyView, strategyView } from '#views/strategy.ts';
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
];
