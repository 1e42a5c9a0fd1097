import { z } from 'zod';
import { type LongStopView, longStops } from '#views/long-stop.ts';
import { type NoiseView, noiseViews } from '#views/noise.ts';
import { type TrialRow, trialRows } from '#views/trials.ts';
import { commandRoute } from './command-route.ts';
import { id, sentence } from './commands.ts';
import { type Route, route } from './route.ts';
import { lookOf, viewOf, withTexts } from './view.ts';

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
  commandRoute(
    'monitor.answer-advice',
    '/monitor/:monitorId/answer-advice',
    'Follow what a standing rule asks of the owner, or keep the monitor as it is',
    {
      params: one,
      body: because.extend({
        what: z.enum(['tune', 'back to trial', 'retire']),
        answer: z.enum(['follow', 'keep']),
      }),
    },
  ),
  commandRoute(
    'monitor.confirm',
    '/monitor/:monitorId/confirm',
    'Say that you looked at a live monitor and let it be',
    { params: one, body: because },
  ),
  commandRoute('monitor.hand-over', '/monitor/:monitorId/hand-over', 'Give a monitor another owner', {
    params: one,
    body: because.extend({ owner: id }),
  }),
  commandRoute(
    'monitor.renew-claim',
    '/monitor/:monitorId/renew-claim',
    'Hold the signal of a draft or trial 90 days more, once',
    { params: one, body: because },
  ),
  commandRoute(
    'monitor.put-to-sleep',
    '/monitor/asset/:assetId/put-to-sleep',
    'A long stop: nothing under the asset is judged until it is woken',
    { params: ofAsset, body: because },
  ),
  commandRoute(
    'monitor.wake',
    '/monitor/asset/:assetId/wake',
    'Judge again; for the first hours only the highest priority rings',
    { params: ofAsset, body: z.strictObject({ holdMs: z.number().int().min(0) }) },
  ),
];

export const monitorOwnershipRoutes: Route[] = [...reads, ...commands];
