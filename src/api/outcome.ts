import { z } from 'zod';
import { type OutcomeView, outcomeView } from '#views/outcome.ts';
import { done, id, sentence } from './commands.ts';
import { type Route, route } from './route.ts';
import { keepText, lookOf, viewer, viewOf, withTexts } from './view.ts';

const one = z.strictObject({ entryId: id });

export const outcomeRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/outcome',
    policy: { read: 'outcome' },
    summary: 'What did it bring? Two ledgers that are never added up',
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(3_650).default(90) }),
    answer: viewOf<OutcomeView>(),
    handle: async ({ query }, call) => withTexts(call, outcomeView(lookOf(call), query.days, viewer(call))),
  }),
  route({
    method: 'POST',
    path: '/outcome/entry/:entryId/verify',
    policy: { command: 'outcome.verify-entry' },
    summary: 'Verify an entry against its evidence',
    params: one,
    answer: done,
    handle: async ({ params }, call) => call.run(params),
  }),
  route({
    method: 'POST',
    path: '/outcome/entry/:entryId/accept',
    policy: { command: 'outcome.accept-entry' },
    summary: 'Accept an entry; only accepted money leaves the team',
    params: one,
    answer: done,
    handle: async ({ params }, call) => call.run(params),
  }),
  route({
    method: 'POST',
    path: '/outcome/entry/:entryId/reject',
    policy: { command: 'outcome.reject-entry' },
    summary: 'Reject an entry with the reason',
    params: one,
    body: z.strictObject({ reason: sentence }),
    answer: done,
    handle: async ({ params, body }, call) => call.run({ ...params, reason: keepText(call, body.reason) }),
  }),
];
