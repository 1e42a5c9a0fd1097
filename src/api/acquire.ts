import { z } from 'zod';
import { MAX_SERIES_POINTS, type Series } from '#ports/samples.ts';
import { done, id, moment } from './commands.ts';
import { missing } from './problem.ts';
import { type Route, route } from './route.ts';
import type { SourcesView } from './site.ts';
import { sourcesView } from './sources.ts';
import { stateFor, viewOf } from './view.ts';

export const acquireRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/acquire',
    policy: { read: 'acquire' },
    summary: 'Sources, signals, unclaimed and unreadable data, lag',
    answer: viewOf<SourcesView>(),
    handle: async (_input, call) => sourcesView(call),
  }),
  route({
    method: 'POST',
    path: '/acquire/accept-clock',
    policy: { command: 'acquire.accept-clock' },
    summary: "Confirm a leap of the server's clock, so that plant time follows it now",
    answer: done,
    handle: async (_input, call) => call.run({ stepMs: call.site.clockStepMs() }),
  }),
  route({
    method: 'GET',
    path: '/acquire/series/:signalId',
    // beside the work as on the sources page; a guest sees the signals of their own work
    policy: { read: 'work' },
    summary: 'Readings of a claimed signal; min, max and mean per bucket when there are too many',
    params: z.strictObject({ signalId: id }),
    query: z.strictObject({
      fromMs: z.coerce.number().pipe(moment),
      toMs: z.coerce.number().pipe(moment),
      points: z.coerce.number().int().min(2).max(MAX_SERIES_POINTS).default(1_000),
    }),
    answer: viewOf<Series>(),
    handle: async ({ params, query }, call) => {
      const index = stateFor(call).acquire.index.get(params.signalId);
      if (index === undefined) throw missing('acquire', `A claimed signal "${params.signalId}"`);
      return call.data.series(index, query.fromMs, query.toMs, query.points);
    },
  }),
];
