import { z } from 'zod';
import type { OrderHistory } from '#ports/table-desk.ts';
import type { Graded } from '#vocabulary/grade.ts';
import { shortId } from '#vocabulary/ids.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { type HistoryBaseline, historyBaseline } from '#views/history-baseline.ts';
import { LOSSES_BY, type LossesBy, losses } from '#views/losses.ts';
import { type Reliability, reliability } from '#views/reliability.ts';
import { type LossesView, lossesView, spanOf } from '#views/where-it-hurts.ts';
import { done, id, moment, sentence } from './commands.ts';
import { ApiProblem, asRefused, missing } from './problem.ts';
import { type Call, type Route, route } from './route.ts';
import { idFromName } from './strategy-shapes.ts';
import { keepText, viewOf } from './view.ts';

const YEAR_MS = 365.25 * DAY_MS;
/** Less history than this is not spread to a year. */
const LEAST_SPAN_MS = 90 * DAY_MS;
/** Failure modes and trends sent to a screen, the most failures first. */
const MAX_MODES = 50;

const oneObjective = z.strictObject({ objectiveId: id });
const period = z.strictObject({ fromMs: moment, toMs: moment });

/** Answers over the same orders are the same: a million of them are summed once, not for each who looks. */
const reliabilities = new WeakMap<OrderHistory, Reliability>();
const lossViews = new WeakMap<OrderHistory, Map<LossesBy, LossesView>>();

export const lossRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/strategy/losses',
    policy: { read: 'strategy' },
    summary: 'Where it hurts: cost, count and downtime of the imported work orders, the largest cost first',
    query: z.strictObject({ by: z.enum(LOSSES_BY).default('asset') }),
    answer: viewOf<LossesView>(),
    handle: async ({ query }, call) => lossesBy(await ordersFor(call), query.by),
  }),
  route({
    method: 'GET',
    path: '/strategy/reliability',
    policy: { read: 'strategy' },
    summary: 'Wear-out and trend per failure mode in calendar days, or how many failures are missing',
    answer: viewOf<Reliability>(),
    handle: async (_input, call) => {
      const history = await ordersFor(call);
      const found = reliabilities.get(history) ?? reliability(history.orders);
      reliabilities.set(history, found);
      return { modes: found.modes.slice(0, MAX_MODES), trends: found.trends.slice(0, MAX_MODES) };
    },
  }),
  route({
    method: 'POST',
    path: '/strategy/losses/pilot',
    policy: { command: 'strategy.estimate-loss' },
    summary: 'Carry what an asset lost a year in the imported orders into its loss, graded measured',
    body: z.strictObject({ asset: z.string().trim().min(1).max(200) }),
    answer: done.extend({ assetId: id }),
    handle: async ({ body }, call) => measuredLoss(call, body.asset),
  }),
  route({
    method: 'POST',
    path: '/strategy/objective/:objectiveId/history-baseline',
    policy: { read: 'strategy' },
    summary: 'What the imported orders say about the KPI of an objective over a period, in its unit',
    params: oneObjective,
    body: period,
    answer: viewOf<HistoryBaseline>(),
    handle: async ({ params, body }, call) => measured(call, params.objectiveId, body),
  }),
  route({
    method: 'POST',
    path: '/strategy/objective/:objectiveId/baseline-from-history',
    policy: { command: 'strategy.freeze-baseline' },
    summary: 'Freeze the baseline that the imported orders give over a period; the imports are recorded',
    params: oneObjective,
    body: period.extend({ reason: sentence.nullable().default(null) }),
    answer: done.extend({ value: z.number() }),
    handle: async ({ params, body }, call) => {
      const { reason, ...span } = body;
      const found = await measured(call, params.objectiveId, span);
      const { value, orders, importIds } = found;
      if (value === null) {
        throw new ApiProblem(
          422,
          'E-STRATEGY-060',
          found.missing ?? '',
          'Choose another period, import the orders that are missing, or freeze your own estimate.',
        );
      }
      const baseline: Graded = { value, grade: 'measured', by: null, source: `${orders} imported orders` };
      const kept = reason === null ? null : keepText(call, reason);
      return { ...(await call.run({ ...params, ...span, baseline, importIds, reason: kept })), value };
    },
  }),
];

async function ordersFor(call: Call): Promise<OrderHistory> {
  return call.tables.orders().catch((failure: unknown) => {
    throw asRefused(failure);
  });
}

function lossesBy(history: OrderHistory, by: LossesBy): LossesView {
  const known = lossViews.get(history) ?? new Map<LossesBy, LossesView>();
  lossViews.set(history, known);
  const view = known.get(by) ?? lossesView(history, by);
  known.set(by, view);
  return view;
}

async function measured(
  call: Call,
  objectiveId: string,
  span: { fromMs: number; toMs: number },
): Promise<HistoryBaseline> {
  const objective = call.site.state().strategy.objectives.get(objectiveId);
  if (!objective) throw missing('strategy', `The objective "${objectiveId}"`);
  return historyBaseline(await ordersFor(call), objective, span);
}

/** Registers the asset where it is not known, and says what it lost a year. */
async function measuredLoss(call: Call, name: string) {
  const history = await ordersFor(call);
  const loss = losses(history.orders, 'asset').find((one) => one.key === name);
  const span = spanOf(history.orders);
  if (!loss || span === null) throw missing('strategy', `The asset "${name}" in the imported orders`);
  const years = Math.max(LEAST_SPAN_MS, span.toMs - span.fromMs) / YEAR_MS;
  const source = `${loss.orders} imported orders`;
  const perYear = (value: number | null, digits: number): Graded | null =>
    value === null || value <= 0
      ? null
      : { value: Number((value / years).toFixed(digits)), grade: 'measured', by: null, source };
  const { site, strategy } = call.site.state();
  const same = [...strategy.assets.values()].find(
    (one) => shortId(one.assetId) === name || one.name === name,
  );
  const assetId = same?.assetId ?? idFromName(site, name, strategy.assets);
  const equipmentClass = history.orders.find((order) => order.asset === name && order.class)?.class;
  if (!same) {
    await call.run(
      { assetId, name, parentId: null, equipmentClass: equipmentClass ?? 'machine', stopHourMinor: null },
      'strategy.register-asset',
      'asset',
    );
  }
  const answer = await call.run({
    assetId,
    whatStops: strategy.losses.get(assetId)?.whatStops ?? name,
    hoursPerYear: perYear(loss.downtimeH, 1),
    costMinorPerYear: perYear(loss.costMinor, 0),
  });
  return { ...answer, assetId };
}
