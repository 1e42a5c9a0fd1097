import { z } from 'zod';
import { type LongStopView, longStops } from '#views/long-stop.ts';
import { type NoiseView, noiseViews } from '#views/noise.ts';
import { type TrialRow, trialRows } from '#views/trials.ts';
import { done, id, sentence } from './commands.ts';
import { type Route, route } from './route.ts';
import { keepText, lookOf, viewOf, withTexts } from './view.ts';

const one = z.strictObject({ monitorId: id });
const ofAsset = z.strictObject({ assetId: id });
const because = z.strictObject({ reason: sentence });

const reads: Route[] = [
  route({
    method: 'GET',
    path: '/monitor/noise',
    policy: { read: 'monitor' },
    summary: 'Noise budget of every crew: what may be wasted, what was, and on which monitors',
    answer: viewOf<NoiseView[]>(),
    handle: async (_input, call) => noiseViews(lookOf(call)),
  }),
  route({
    method: 'GET',
    path: '/monitor/trials',
    policy: { read: 'monitor' },
    summary: 'Trials with what their alerts of the week would have asked for',
    answer: viewOf<TrialRow[]>(),
    handle: async (_input, call) => withTexts(call, trialRows(lookOf(call), call.personId)),
  }),
  route({
    method: 'GET',
    path: '/monitor/long-stops',
    policy: { read: 'monitor' },
    summary: 'What sleeps, and which sensors have to prove themselves after a restart',
    answer: viewOf<LongStopView[]>(),
    handle: async (_input, call) => withTexts(call, longStops(lookOf(call))),
  }),
];

const commands: Route[] = [
  route({
    method: 'POST',
    path: '/monitor/:monitorId/answer-advice',
    policy: { command: 'monitor.answer-advice' },
    summary: 'Follow what a standing rule asks of the owner, or keep the monitor as it is',
    params: one,
    body: because.extend({
      what: z.enum(['tune', 'back to trial', 'retire']),
      answer: z.enum(['follow', 'keep']),
    }),
    answer: done,
    handle: async ({ params, body }, call) =>
      call.run({ ...params, ...body, reason: keepText(call, body.reason) }),
  }),
  route({
    method: 'POST',
    path: '/monitor/:monitorId/confirm',
    policy: { command: 'monitor.confirm' },
    summary: 'Say that you looked at a live monitor and let it be',
    params: one,
    body: because,
    answer: done,
    handle: async ({ params, body }, call) => call.run({ ...params, reason: keepText(call, body.reason) }),
  }),
  route({
    method: 'POST',
    path: '/monitor/:monitorId/hand-over',
    policy: { command: 'monitor.hand-over' },
    summary: 'Give a monitor another owner',
    params: one,
    body: because.extend({ owner: id }),
    answer: done,
    handle: async ({ params, body }, call) =>
      call.run({ ...params, owner: body.owner, reason: keepText(call, body.reason) }),
  }),
  route({
    method: 'POST',
    path: '/monitor/:monitorId/renew-claim',
    policy: { command: 'monitor.renew-claim' },
    summary: 'Hold the signal of a draft or trial 90 days more, once',
    params: one,
    body: because,
    answer: done,
    handle: async ({ params, body }, call) => call.run({ ...params, reason: keepText(call, body.reason) }),
  }),
  route({
    method: 'POST',
    path: '/monitor/asset/:assetId/put-to-sleep',
    policy: { command: 'monitor.put-to-sleep' },
    summary: 'A long stop: nothing under the asset is judged until it is woken',
    params: ofAsset,
    body: because,
    answer: done,
    handle: async ({ params, body }, call) => call.run({ ...params, reason: keepText(call, body.reason) }),
  }),
  route({
    method: 'POST',
    path: '/monitor/asset/:assetId/wake',
    policy: { command: 'monitor.wake' },
    summary: 'Judge again; for the first hours only the highest priority rings',
    params: ofAsset,
    body: z.strictObject({ holdMs: z.number().int().min(0) }),
    answer: done,
    handle: async ({ params, body }, call) => call.run({ ...params, ...body }),
  }),
];

export const monitorOwnershipRoutes: Route[] = [...reads, ...commands];
