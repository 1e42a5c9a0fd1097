import { z } from 'zod';
import { type MonitorView, monitorView } from '#views/monitor.ts';
import { monitorRows } from '#views/rows.ts';
import type { MonitorRow } from '#views/shapes.ts';
import { commandRoute } from './command-route.ts';
import { done, id, sentence } from './commands.ts';
import { conditionShape } from './condition.ts';
import { missing } from './problem.ts';
import { type Call, type Route, route } from './route.ts';
import { keepText, lookOf, viewOf, withTexts } from './view.ts';

const one = z.strictObject({ monitorId: id });
const ofVersion = z.strictObject({ version: z.number().int().min(1) });
const because = z.strictObject({ reason: sentence });
function found(call: Call, monitorId: string): MonitorView {
  const view = monitorView(lookOf(call), monitorId);
  if (!view) throw missing('monitor', `The monitor "${monitorId}"`);
  return view;
}

export const monitorRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/monitor',
    policy: { read: 'monitor' },
    summary: 'All monitors with reading, limit and gate',
    answer: viewOf<MonitorRow[]>(),
    handle: async (_input, call) => monitorRows(lookOf(call)),
  }),
  route({
    method: 'GET',
    path: '/monitor/:monitorId',
    policy: { read: 'monitor' },
    summary: 'One monitor: why, with which limit, and what it said',
    params: one,
    answer: viewOf<MonitorView>(),
    handle: async ({ params }, call) => withTexts(call, found(call, params.monitorId)),
  }),
  route({
    method: 'POST',
    path: '/monitor/:monitorId/change',
    policy: { command: 'monitor.change' },
    summary: 'Make a new version with another condition; it waits beside the one in effect',
    params: one,
    body: z.strictObject({ condition: conditionShape, reason: sentence }),
    answer: done,
    handle: async ({ params, body }, call) => {
      const { definition } = found(call, params.monitorId);
      const changed = { ...definition, condition: body.condition };
      return call.run({ ...params, definition: changed, reason: keepText(call, body.reason) });
    },
  }),
  commandRoute(
    'monitor.start-trial',
    '/monitor/:monitorId/start-trial',
    'Open the trial door: ten answers, no consequences',
    { params: one },
  ),
  commandRoute('monitor.propose', '/monitor/:monitorId/propose', 'Propose a version to go live', {
    params: one,
    body: ofVersion,
  }),
  commandRoute(
    'monitor.sign-off',
    '/monitor/:monitorId/sign-off',
    'Sign a version off; two different people, one of them a technician of the crew',
    { params: one, body: ofVersion.extend({ as: z.enum(['proposer', 'technician', 'owner', 'engineer']) }) },
  ),
  commandRoute('monitor.activate', '/monitor/:monitorId/activate', 'Go live, when the whole gate is met', {
    params: one,
    body: ofVersion,
  }),
  commandRoute(
    'monitor.send-back-to-trial',
    '/monitor/:monitorId/send-back-to-trial',
    'Send a live monitor back to trial',
    { params: one, body: because },
  ),
  commandRoute('monitor.retire', '/monitor/:monitorId/retire', 'Retire a monitor', {
    params: one,
    body: because,
  }),
];
