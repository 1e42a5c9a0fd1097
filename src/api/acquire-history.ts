import type { Readable } from 'node:stream';
import { z } from 'zod';
import { isRefusal } from '#vocabulary/refusal.ts';
import { done, id } from './commands.ts';
import { asRefused, refused } from './problem.ts';
import { type Route, route } from './route.ts';

const column = z.string().min(1).max(120);

/** A plant's own past: recorded files in, and out again. */
export const historyRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/acquire/history',
    policy: { command: 'acquire.import-history' },
    summary: 'Import a recorded file for a signal that a monitor claims; the body is CSV of at most 64 MB',
    query: z.strictObject({
      signalId: id,
      time: column,
      value: column,
      zone: z.string().min(1).max(60).default('UTC'),
      dateOrder: z.enum(['dmy', 'mdy']).optional(),
      unit: z.string().min(1).max(20).optional(),
    }),
    upload: 'text/csv',
    answer: done.extend({
      importId: z.string(),
      already: z.boolean(),
      rows: z.number().int(),
      refused: z.number().int(),
      bad: z.number().int(),
      fromMs: z.number(),
      toMs: z.number(),
      notes: z.array(z.string()),
    }),
    perMinute: 30,
    handle: async ({ query }, call) => {
      const wish = {
        commandId: call.commandId(),
        actor: call.actor,
        signalId: query.signalId,
        timeColumn: query.time,
        valueColumn: query.value,
        timeZone: query.zone,
        dateOrder: query.dateOrder ?? null,
        unit: query.unit ?? null,
      };
      const answer = await call.history
        .importStream(wish, call.request.body as Readable)
        .catch((failure: unknown) => {
          throw asRefused(failure);
        });
      if (isRefusal(answer)) throw refused(answer);
      return answer;
    },
  }),
  route({
    method: 'POST',
    path: '/acquire/history/:importId/remove',
    policy: { command: 'acquire.remove-history' },
    summary: 'Undo an import: its rows are judged no more and are deleted',
    params: z.strictObject({ importId: id }),
    answer: done,
    handle: async ({ params }, call) => {
      const answer = await call.history.remove(call.commandId(), call.actor, params.importId);
      if (isRefusal(answer)) throw refused(answer);
      return answer;
    },
  }),
];
