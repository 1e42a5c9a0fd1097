import { z } from 'zod';
import { agreementOf, MAX_EPISODES } from '#monitor/agreement.ts';
import { versionInWork } from '#monitor/lifecycle.ts';
import { type ApprovalRow, approvalRows, type ReviewView, reviewView } from '#views/agreement.ts';
import { type VersionView, versionViews } from '#views/versions.ts';
import { commandRoute } from './command-route.ts';
import { done, id, moment, sentence } from './commands.ts';
import { compareOnHistory } from './compare.ts';
import { conditionShape } from './condition.ts';
import { episodesFor } from './episodes.ts';
import { missing, refused } from './problem.ts';
import { type Call, type Route, route } from './route.ts';
import { keepText, lookOf, viewer, viewOf, withTexts } from './view.ts';

const one = z.strictObject({ monitorId: id });
const ofVersion = z.strictObject({ version: z.number().int().min(1) });
const because = z.strictObject({ reason: sentence });
/** Most events of one comparison. */
const MAX_EVENTS = 200;

const wish = z.strictObject({
  condition: conditionShape,
  reason: sentence,
  dataFromMs: moment,
  dataToMs: moment,
});

const reads: Route[] = [
  route({
    method: 'GET',
    path: '/monitor/approvals',
    policy: { read: 'monitor' },
    summary: 'Versions that wait for a second person, with what they still lack',
    answer: viewOf<ApprovalRow[]>(),
    handle: async (_input, call) => withTexts(call, approvalRows(lookOf(call), viewer(call))),
  }),
  route({
    method: 'GET',
    path: '/monitor/:monitorId/versions',
    policy: { read: 'monitor' },
    summary: 'Versions of a monitor, newest first, with what each changed',
    params: one,
    answer: viewOf<VersionView[]>(),
    handle: async ({ params }, call) => withTexts(call, versionViews(call.site.state(), params.monitorId)),
  }),
  route({
    method: 'GET',
    path: '/monitor/:monitorId/review',
    policy: { read: 'monitor' },
    summary: 'Past episodes of the version in work, without what came of them',
    params: one,
    answer: viewOf<ReviewView>(),
    handle: async ({ params }, call) => {
      const view = reviewView(lookOf(call), params.monitorId, viewer(call));
      if (!view) throw missing('monitor', `A blind review of "${params.monitorId}"`);
      return view;
    },
  }),
];

const reviews: Route[] = [
  route({
    method: 'POST',
    path: '/monitor/:monitorId/open-review',
    policy: { command: 'monitor.open-review' },
    summary:
      'Show the crew past alerts whose outcome is known: by findings, else by the recorded backtest and known breakdowns',
    params: one,
    body: ofVersion,
    answer: done,
    handle: async ({ params, body }, call) => {
      const episodes = await episodesFor(call, params.monitorId, body.version);
      return call.run({ ...params, version: body.version, episodes });
    },
  }),
  route({
    method: 'POST',
    path: '/monitor/:monitorId/sign-review',
    policy: { command: 'monitor.sign-review' },
    summary: 'Answer a blind review; the answers are counted here and kept nowhere',
    params: one,
    body: ofVersion.extend({
      answers: z.array(z.strictObject({ episodeId: id, wouldGo: z.boolean() })).max(MAX_EPISODES),
      comment: sentence.nullable().default(null),
    }),
    answer: done,
    handle: async ({ params, body }, call) => {
      const { agreed, of } = counted(call, params.monitorId, body.version, body.answers);
      const commentRef = body.comment === null ? null : keepText(call, body.comment);
      return call.run({ ...params, version: body.version, agreed, of, commentRef });
    },
  }),
];

/** Single answers end here: what goes on to the journal, and to its intake log, is how many agreed. */
function counted(
  call: Call,
  monitorId: string,
  version: number,
  answers: readonly { episodeId: string; wouldGo: boolean }[],
): { agreed: number; of: number } {
  const review = call.site.state().monitor.monitors.get(monitorId)?.versions.get(version)?.review;
  if (!review) throw missing('monitor', `A blind review of version ${version} of "${monitorId}"`);
  const {
    agreed,
    of,
    missing: left,
  } = agreementOf(review.episodes, new Map(answers.map(({ episodeId, wouldGo }) => [episodeId, wouldGo])));
  if (left > 0) {
    throw refused({
      refused: true,
      code: 'E-MONITOR-076',
      message: `${left} of ${of} episodes are not answered.`,
      mend: 'Answer every episode, then sign.',
      items: [],
    });
  }
  return { agreed, of };
}

/** The definition in work with another condition. */
function changed(call: Call, monitorId: string, condition: z.output<typeof conditionShape>) {
  const monitor = call.site.state().monitor.monitors.get(monitorId);
  const version = monitor && versionInWork(monitor);
  if (!version) throw missing('monitor', `The monitor "${monitorId}"`);
  return { ...version.definition, condition };
}

const changes: Route[] = [
  route({
    method: 'POST',
    path: '/monitor/:monitorId/request-change',
    policy: { command: 'monitor.request-change' },
    summary:
      'Ask for another limit of a live monitor; an emergency change is in effect at once, for two shifts',
    params: one,
    body: wish.extend({ emergency: z.boolean().default(false) }),
    answer: done,
    handle: async ({ params, body: { condition, reason, ...rest } }, call) => {
      const definition = changed(call, params.monitorId, condition);
      return call.run({ ...params, definition, reason: keepText(call, reason), ...rest });
    },
  }),
  route({
    method: 'POST',
    path: '/monitor/:monitorId/counter-propose',
    policy: { command: 'monitor.counter-propose' },
    summary: "A technician's own limit",
    params: one,
    body: wish,
    answer: done,
    handle: async ({ params, body: { condition, reason, ...rest } }, call) => {
      const definition = changed(call, params.monitorId, condition);
      return call.run({ ...params, definition, reason: keepText(call, reason), ...rest });
    },
  }),
  route({
    method: 'POST',
    path: '/monitor/:monitorId/compare',
    policy: { command: 'monitor.compare-versions' },
    summary: 'Judge the old and the new version on the stored readings of the change, and record both',
    params: one,
    body: ofVersion.extend({
      /** known events besides those that findings have told */
      events: z
        .array(z.strictObject({ fromMs: moment, toMs: moment, atMs: moment }))
        .max(MAX_EVENTS)
        .default([]),
    }),
    answer: done,
    handle: async ({ params, body }, call) => {
      const compared = await compareOnHistory(call, params.monitorId, body.version, body.events);
      return call.run({ ...params, version: body.version, ...compared });
    },
  }),
  route({
    method: 'POST',
    path: '/monitor/:monitorId/comment',
    policy: { command: 'monitor.comment' },
    summary: 'Say what you think of a version',
    params: one,
    body: ofVersion.extend({ text: sentence }),
    answer: done,
    handle: async ({ params, body }, call) =>
      call.run({ ...params, version: body.version, textRef: keepText(call, body.text) }),
  }),
  route({
    method: 'POST',
    path: '/monitor/:monitorId/approve-change',
    policy: { command: 'monitor.approve-change' },
    summary: 'Be the second person of a change: it takes effect on its date, now when none is given',
    params: one,
    body: ofVersion.extend({ effectiveMs: moment.nullable().default(null) }),
    answer: done,
    handle: async ({ params, body }, call) =>
      call.run({ ...params, version: body.version, effectiveMs: body.effectiveMs ?? call.site.nowMs() }),
  }),
  commandRoute(
    'monitor.consent',
    '/monitor/:monitorId/consent',
    'The owner lets an emergency change loosen an A asset',
    { params: one, body: ofVersion },
  ),
  commandRoute(
    'monitor.roll-back',
    '/monitor/:monitorId/roll-back',
    'Bring the version before back into effect',
    { params: one, body: because },
  ),
];

export const monitorAgreementRoutes: Route[] = [...reads, ...reviews, ...changes];
