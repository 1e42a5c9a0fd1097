import { z } from 'zod';
import { type OutcomeView, outcomeView } from '#views/outcome.ts';
import { commandRoute } from './command-route.ts';
import { id, sentence } from './commands.ts';
import { type Route, route } from './route.ts';
import { lookOf, viewer, viewOf, withTexts } from './view.ts';

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
  commandRoute(
    'outcome.verify-entry',
    '/outcome/entry/:entryId/verify',
    'Verify an entry against its evidence',
    { params: one },
  ),
  commandRoute(
    'outcome.accept-entry',
    '/outcome/entry/:entryId/accept',
    'Accept an entry; only accepted money leaves the team',
    { params: one },
  ),
  commandRoute('outcome.reject-entry', '/outcome/entry/:entryId/reject', 'Reject an entry with the reason', {
    params: one,
    body: z.strictObject({ reason: sentence }),
  }),
];
