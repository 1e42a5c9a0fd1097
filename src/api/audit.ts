import { z } from 'zod';
import type { Recorded } from '#vocabulary/fact.ts';
import { type Route, route } from './route.ts';
import type { AuditView } from './site.ts';
import { viewOf, withTexts } from './view.ts';

const MAX_FACTS = 200;

export const auditRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/audit',
    policy: { read: 'audit' },
    summary: 'The journal, newest first: who did what, when, and which input caused it',
    query: z.strictObject({
      before: z.coerce.number().int().min(1).optional(),
      limit: z.coerce.number().int().min(1).max(MAX_FACTS).default(50),
    }),
    answer: viewOf<AuditView>(),
    handle: async ({ query }, call) => {
      const head = await call.data.journal();
      const last = Math.min(query.before === undefined ? head.length : query.before - 1, head.length);
      const first = Math.max(1, last - query.limit + 1);
      const facts = last < 1 ? [] : await call.data.facts(first, last - first + 1);
      return withTexts(call, {
        ...head,
        facts: facts.map(unnamed).reverse(),
        before: first > 1 ? first : null,
      });
    },
  }),
];

/** Votes are counted and never shown by name: who cast one stays in the journal and out of every screen. */
function unnamed(fact: Recorded): Recorded {
  if (fact.type !== 'strategy.pilot-voted') return fact;
  return { ...fact, actor: 'person:(not shown)', causeId: '(not shown)' };
}
