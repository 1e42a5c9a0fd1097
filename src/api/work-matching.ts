// What people say about notifications, and which alerts belong together.
import { z } from 'zod';
import { MAX_SPLIT_ALERTS } from '#work/split.ts';
import { commandRoute } from './command-route.ts';
import { done, id, moment, sentence } from './commands.ts';
import { type Route, route } from './route.ts';
import { keepText } from './view.ts';

/** Longest short text that a CMMS shows in its lists. */
const MAX_COPIED_TEXT = 200;

export const matchingRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/work/report',
    policy: { command: 'work.report' },
    summary: 'Report a fault that a person saw, without a monitor',
    body: z.strictObject({
      assetId: id,
      position: id.nullable().default(null),
      group: id.nullable().default(null),
      words: sentence,
      /** now when it is left out */
      seenAtMs: moment.nullable().default(null),
    }),
    answer: done,
    handle: async ({ body: { words, seenAtMs, ...place } }, call) =>
      call.run({ ...place, textRef: keepText(call, words), seenAtMs: seenAtMs ?? call.site.nowMs() }),
  }),
  route({
    method: 'POST',
    path: '/work/notification',
    policy: { command: 'work.record-notification' },
    summary: 'Copy an open notification of the CMMS, so that it is offered before another one is created',
    body: z.strictObject({
      assetId: id,
      cmmsNumber: z.string().trim().min(1).max(40),
      shortText: z.string().trim().min(1).max(MAX_COPIED_TEXT),
      /** now when it is left out */
      reportedAtMs: moment.nullable().default(null),
    }),
    answer: done,
    handle: async ({ body: { shortText, reportedAtMs, ...copied } }, call) => {
      const textRef = keepText(call, shortText);
      return call.run({ ...copied, textRef, reportedAtMs: reportedAtMs ?? call.site.nowMs() });
    },
  }),
  commandRoute(
    'work.close-notification',
    '/work/notification/:notificationId/close',
    'Close a notification that no case has taken',
    { params: z.strictObject({ notificationId: id }), body: z.strictObject({ reason: sentence }) },
  ),
  commandRoute(
    'work.append-to-notification',
    '/work/case/:caseId/append',
    'The same fault as an open notification: the case takes it',
    { params: z.strictObject({ caseId: id }), body: z.strictObject({ notificationId: id }) },
  ),
  commandRoute(
    'work.create-notification',
    '/work/case/:caseId/notification',
    'Not the same fault as any open notification: the case gets one of its own',
    { params: z.strictObject({ caseId: id }), body: z.strictObject({ reason: sentence }) },
  ),
  commandRoute(
    'work.merge-cases',
    '/work/case/:caseId/merge',
    'Merge this case into another one of the same fault',
    { params: z.strictObject({ caseId: id }), body: z.strictObject({ intoCaseId: id, reason: sentence }) },
  ),
  commandRoute(
    'work.split-case',
    '/work/case/:caseId/split',
    'Let alerts of another fault leave for a case of their own',
    {
      params: z.strictObject({ caseId: id }),
      body: z.strictObject({ alertIds: z.array(id).min(1).max(MAX_SPLIT_ALERTS), reason: sentence }),
    },
  ),
];
