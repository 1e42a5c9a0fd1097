import { z } from 'zod';
import {
  charterResults,
  type CharterView,
  charterView,
  type PilotListView,
  pilotList,
} from '#views/pilot.ts';
import { commandRoute } from './command-route.ts';
import { amountMinor, done, id, moment, sentence } from './commands.ts';
import { missing } from './problem.ts';
import { type Call, type Route, route } from './route.ts';
import { idUnder, words } from './strategy-shapes.ts';
import { keepText, lookOf, viewer, viewOf, withTexts } from './view.ts';

const oneCharter = z.strictObject({ charterId: id });
const version = z.strictObject({ version: z.number().int().min(1) });
const charterBody = z.strictObject({
  failureModeId: id,
  owner: id,
  lossMinorPerYear: z.strictObject({
    low: amountMinor,
    likely: amountMinor,
    high: amountMinor,
    grade: z.enum(['measured', 'estimated', 'assumed']),
  }),
  crews: z
    .array(z.strictObject({ crewId: id, hPerWeek: z.number().min(0).max(168) }))
    .min(1)
    .max(20),
  sensorMinor: amountMinor,
  upkeepMinorPerYear: amountMinor,
  costCentre: words,
  goNumbers: z
    .array(
      z.strictObject({
        measure: z.enum([
          'confirmed findings',
          'verified precision',
          'wasted hours a week',
          'accepted money',
        ]),
        bound: z.enum(['at least', 'at most']),
        value: z.number().min(0).max(1e15),
      }),
    )
    .min(1)
    .max(6),
  decideOnMs: moment,
  switchedOffOnNo: sentence,
});

function found(call: Call, charterId: string): CharterView {
  const view = charterView(lookOf(call), charterId, viewer(call));
  if (!view) throw missing('strategy', `The charter "${charterId}"`);
  return view;
}

export const pilotRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/strategy/pilot',
    policy: { read: 'strategy' },
    summary: 'Failure modes to begin with, best first; the rejected ones with the reason',
    answer: viewOf<PilotListView>(),
    handle: async (_input, call) => pilotList(lookOf(call), viewer(call)),
  }),
  commandRoute(
    'strategy.vote-pilot',
    '/strategy/pilot/:failureModeId/vote',
    'Say whether the crew would go for this; votes are counted and never shown by name',
    { params: z.strictObject({ failureModeId: id }), body: z.strictObject({ willing: z.boolean() }) },
  ),
  route({
    method: 'GET',
    path: '/strategy/charter/:charterId',
    policy: { read: 'strategy' },
    summary: 'One charter, agreed and result side by side',
    params: oneCharter,
    answer: viewOf<CharterView>(),
    handle: async ({ params }, call) => withTexts(call, found(call, params.charterId)),
  }),
  route({
    method: 'POST',
    path: '/strategy/charter',
    policy: { command: 'strategy.write-charter' },
    summary: 'Write the one-page charter of a pilot; written anew it needs both signatures again',
    body: charterBody,
    answer: done.extend({ charterId: id }),
    handle: async ({ body }, call) => {
      const { site, strategy } = call.site.state();
      const open = [...strategy.charters.values()].find(
        ({ charter, checked }) => charter.failureModeId === body.failureModeId && !checked,
      );
      const charterId =
        open?.charter.charterId ?? idUnder(site, body.failureModeId, 'charter', strategy.charters);
      const switchedOffOnNo = keepText(call, body.switchedOffOnNo);
      return { ...(await call.run({ ...body, charterId, switchedOffOnNo })), charterId };
    },
  }),
  commandRoute('strategy.sign-charter', '/strategy/charter/:charterId/sign', 'Sign a version as its owner', {
    params: oneCharter,
    body: version,
  }),
  commandRoute(
    'strategy.sign-charter-for-finance',
    '/strategy/charter/:charterId/sign-for-finance',
    'Sign a version for finance',
    { params: oneCharter, body: version },
  ),
  route({
    method: 'POST',
    path: '/strategy/charter/:charterId/check',
    policy: { command: 'strategy.check-charter' },
    summary: 'Set the results beside what was agreed, on its date, and say go or no-go',
    params: oneCharter,
    body: version.extend({ decision: z.enum(['go', 'no-go']) }),
    answer: done,
    handle: async ({ params, body }, call) => {
      const { charter, writtenAtMs } = found(call, params.charterId);
      const results = charterResults(lookOf(call), charter.failureModeId, charter.goNumbers, writtenAtMs);
      return call.run({ ...params, ...body, results });
    },
  }),
];
