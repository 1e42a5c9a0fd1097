import { z } from 'zod';
import { type CaseView, caseView } from '#views/case.ts';
import { looseNotifications } from '#views/matching.ts';
import { type OrderView, orderView, type WorkListView, workListView } from '#views/order.ts';
import { USUAL_OLDER } from '#views/rows.ts';
import { commandRoute } from './command-route.ts';
import { amountMinor, done, hours, id, moment, sentence } from './commands.ts';
import { matchingRoutes } from './work-matching.ts';
import { missing } from './problem.ts';
import { type Route, route } from './route.ts';
import { keepText, lookOf, stateFor, viewer, viewOf, withTexts } from './view.ts';

const finding = z.enum([
  'as stated',
  'other fault',
  'too early',
  'process',
  'nothing found',
  'sensor',
  'already known',
  'not checked',
]);
const evidence = z.enum(['strong', 'moderate', 'weak', 'none']);

const reads: Route[] = [
  route({
    method: 'GET',
    path: '/work',
    policy: { read: 'work' },
    summary: 'Cases and orders, open ones first',
    answer: viewOf<WorkListView>(),
    query: z.strictObject({ older: z.coerce.number().int().min(0).max(100_000).default(USUAL_OLDER) }),
    handle: async ({ query }, call) => {
      const state = stateFor(call);
      return {
        ...workListView(state, query.older),
        notifications: withTexts(call, looseNotifications(state)),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/work/case/:caseId',
    policy: { read: 'work' },
    summary: 'One case with the whole line it hangs on',
    params: z.strictObject({ caseId: id }),
    answer: viewOf<CaseView>(),
    handle: async ({ params }, call) => {
      const view = caseView(lookOf(call), params.caseId, viewer(call));
      if (!view) throw missing('work', `The case "${params.caseId}"`);
      return withTexts(call, view);
    },
  }),
  route({
    method: 'GET',
    path: '/work/order/:orderId',
    policy: { read: 'work' },
    summary: 'One work order: what to do, with what, and what was found',
    params: z.strictObject({ orderId: id }),
    answer: viewOf<OrderView>(),
    handle: async ({ params }, call) => {
      const view = orderView(lookOf(call), params.orderId, viewer(call));
      if (!view) throw missing('work', `The order "${params.orderId}"`);
      return withTexts(call, view);
    },
  }),
];

const drafts: Route[] = [
  commandRoute(
    'work.record-notification-number',
    '/work/notification/:notificationId/number',
    'Take the number back that the CMMS gave the notification',
    {
      params: z.strictObject({ notificationId: id }),
      body: z.strictObject({ cmmsNumber: z.string().trim().min(1).max(40) }),
    },
  ),
  route({
    method: 'POST',
    path: '/work/draft/:draftId/accept',
    policy: { command: 'work.accept-draft' },
    summary: 'Accept a draft once; only then an order exists',
    params: z.strictObject({ draftId: id }),
    body: z.strictObject({ dayMs: moment.nullable().default(null) }),
    answer: done,
    handle: async ({ params, body }, call) => {
      const proposed = call.site.state().plan.proposals.get(params.draftId)?.dayMs ?? null;
      return call.run({ ...params, dayMs: body.dayMs ?? proposed });
    },
  }),
  commandRoute(
    'work.reject-draft',
    '/work/draft/:draftId/reject',
    'Reject a draft; a rejection is a finding too',
    { params: z.strictObject({ draftId: id }), body: z.strictObject({ finding, reason: sentence }) },
  ),
];

const orders: Route[] = [
  commandRoute(
    'work.release-order',
    '/work/order/:orderId/release',
    'Release an order; always a person does',
    { params: z.strictObject({ orderId: id }) },
  ),
  commandRoute('work.start-order', '/work/order/:orderId/start', 'Start a released order', {
    params: z.strictObject({ orderId: id }),
  }),
  route({
    method: 'POST',
    path: '/work/case/:caseId/finding',
    policy: { command: 'work.give-finding' },
    summary: 'Say what the check showed, or what was found when it was opened',
    params: z.strictObject({ caseId: id }),
    body: z.strictObject({
      moment: z.enum(['check', 'as found']),
      finding,
      evidence,
      lookAgainMs: moment.nullable().default(null),
      hours: hours.default(0),
      note: sentence.nullable().default(null),
    }),
    answer: done,
    handle: async ({ params, body: { note, ...given } }, call) =>
      call.run({ ...params, ...given, noteRef: note === null ? null : keepText(call, note) }),
  }),
  commandRoute(
    'work.finish-order',
    '/work/order/:orderId/finish',
    'Finish an order, never without a finding',
    {
      params: z.strictObject({ orderId: id }),
      body: z.strictObject({
        actualH: hours,
        partsMinor: amountMinor,
        downtimeH: hours,
        repaired: z.boolean(),
      }),
    },
  ),
];

export const workRoutes: Route[] = [...reads, ...drafts, ...orders, ...matchingRoutes];
