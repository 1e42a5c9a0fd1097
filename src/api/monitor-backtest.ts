import { z } from 'zod';
import { mayRun } from '#access/policy.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { id, moment } from './commands.ts';
import { conditionShape } from './condition.ts';
import { asRefused, refused, untilGone } from './problem.ts';
import { type Call, type Route, route } from './route.ts';
import type { BacktestAnswer } from './site.ts';
import { viewOf } from './view.ts';

/** Known events one run is scored against. */
const MAX_EVENTS = 500;

export const backtestRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/monitor/:monitorId/backtest',
    policy: { read: 'monitor' },
    summary:
      'What a version would have done on all that was received and imported; with `recordIt` the gate sees it',
    params: z.strictObject({ monitorId: id }),
    body: z.strictObject({
      version: z.number().int().min(1).optional(),
      fromMs: moment.optional(),
      toMs: moment.optional(),
      condition: conditionShape.optional(),
      events: z
        .array(
          z
            .strictObject({ fromMs: moment, toMs: moment, atMs: moment })
            .refine((event) => event.toMs >= event.fromMs, 'an event ends before it starts'),
        )
        .max(MAX_EVENTS)
        .optional(),
      recordIt: z.boolean().default(false),
    }),
    answer: viewOf<BacktestAnswer>(),
    perMinute: 60,
    handle: async ({ params, body }, call) => {
      const { recordIt, version, fromMs, toMs, events } = body;
      if (recordIt) mayRecord(call);
      const run = await call.history
        .backtest(
          call.personId,
          {
            ...params,
            version: version ?? null,
            fromMs: fromMs ?? null,
            toMs: toMs ?? null,
            condition: body.condition ?? null,
            events: events ?? null,
          },
          untilGone(call.reply),
        )
        .catch((failure: unknown) => {
          throw asRefused(failure);
        });
      if (isRefusal(run)) throw refused(run);
      if (!recordIt) return { ...run, recorded: null };
      const record = call.history.recordOf(run);
      if (isRefusal(record)) throw refused(record);
      const { facts, seq } = await call.run(record, 'monitor.record-backtest');
      return { ...run, recorded: { facts, seq } };
    },
  }),
];

/** Asked before the run, so that nobody waits for a no. */
function mayRecord(call: Call): void {
  const barred = mayRun(call.site.state().access, call.actor, 'monitor.record-backtest');
  if (barred) throw refused(barred);
  call.commandId();
}
