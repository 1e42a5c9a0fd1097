import { z } from 'zod';
import { batchOfReadings } from '#acquire/hand.ts';
import { MAX_BATCH_SAMPLES } from '#vocabulary/sample.ts';
import { type HandReadingView, handReading, type RoundsView, roundsView } from '#views/hand.ts';
import { done, id, moment } from './commands.ts';
import { missing } from './problem.ts';
import { type Route, route } from './route.ts';
import { idFromName, spanMs, words } from './strategy-shapes.ts';
import { lookOf, viewOf } from './view.ts';

export const handRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/acquire/round',
    policy: { read: 'acquire' },
    summary: 'Rounds with what is due, and readings on no round',
    answer: viewOf<RoundsView>(),
    handle: async (_input, call) => roundsView(lookOf(call)),
  }),
  route({
    method: 'GET',
    path: '/acquire/reading/:signalId',
    policy: { read: 'acquire' },
    summary: 'One thing to read by hand: last value, limit, and when it is due',
    params: z.strictObject({ signalId: id }),
    answer: viewOf<HandReadingView>(),
    handle: async ({ params }, call) => {
      const view = handReading(lookOf(call), params.signalId);
      if (!view) throw missing('acquire', `A hand reading "${params.signalId}"`);
      return view;
    },
  }),
  route({
    method: 'POST',
    path: '/acquire/round',
    policy: { command: 'acquire.plan-round' },
    summary: 'Plan a round: which readings, how often, from which day on',
    body: z.strictObject({
      roundId: id.nullable().default(null),
      name: words,
      signals: z.array(id).min(1).max(200),
      everyMs: spanMs,
      firstDueMs: moment,
    }),
    answer: done,
    handle: async ({ body }, call) => {
      const { site, acquire } = call.site.state();
      const same = (known: string): boolean => acquire.rounds.get(known)?.name === body.name;
      return call.run({
        ...body,
        roundId: body.roundId ?? idFromName(site, body.name, acquire.rounds, same),
      });
    },
  }),
  route({
    method: 'POST',
    path: '/acquire/reading',
    policy: { command: 'acquire.enter-readings' },
    summary: 'Enter what was read by hand, now or from a list on paper, each with its own time',
    body: z.strictObject({
      how: z.enum(['phone', 'paper']),
      readings: z
        .array(z.strictObject({ signalId: id, atMs: moment, value: z.number() }))
        .min(1)
        .max(MAX_BATCH_SAMPLES),
    }),
    answer: done,
    handle: async ({ body }, call) => {
      const answer = await call.run(body);
      // asked again after a lost answer, the same samples come twice: the second is marked repeated and changes nothing
      await call.data.accept(batchOfReadings(call.site.state().acquire, body.readings));
      return answer;
    },
  }),
];
