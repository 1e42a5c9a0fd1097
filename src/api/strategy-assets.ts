import { z } from 'zod';
import { reviewDueMs } from '#strategy/criticality.ts';
import { type AssetSheetView, assetSheet } from '#views/asset-sheet.ts';
import { commandRoute } from './command-route.ts';
import { amountMinor, done, hours, id } from './commands.ts';
import type { LibraryEntry } from './contract.ts';
import { missing } from './problem.ts';
import { type Call, type Route, route } from './route.ts';
import { consequence, figure, gradedBy, idUnder, score, spanMs, words } from './strategy-shapes.ts';
import { lookOf, viewOf } from './view.ts';

const oneAsset = z.strictObject({ assetId: id });
const code = z.string().max(40);

/** Where nobody set an objective yet, the first failure mode sets the one that every plant has. */
export async function objectiveFor(call: Call): Promise<string> {
  const { site, strategy } = call.site.state();
  const [known] = strategy.objectives.keys();
  if (known) return known;
  const objectiveId = `${site}.stops`;
  await call.run(
    {
      objectiveId,
      name: 'Fewer unplanned stops',
      kpi: 'downtime-hours',
      unit: 'h/year',
      baseline: null,
      target: null,
      dueMs: null,
      valuePerUnitMinor: null,
      accountable: null,
    },
    'strategy.set-objective',
    'objective',
  );
  return objectiveId;
}

const sheetBody = z.strictObject({
  /** absent: another failure mode of this asset */
  failureModeId: id.nullable().default(null),
  position: z.string().trim().max(200).default(''),
  name: words,
  group: words,
  iso14224: code,
  objectiveId: id.nullable().default(null),
  mechanism: code.nullable().default(null),
  cause: words.nullable().default(null),
  detection: words.nullable().default(null),
  severity: z.enum(['critical', 'degraded', 'incipient', 'unknown']).default('unknown'),
  pfMinMs: figure.nullable(),
  pfOnClock: z
    .strictObject({
      clock: z.enum(['run hours', 'starts']),
      value: z.number().positive().max(1e6),
      perWeek: z.number().positive().max(1e6),
    })
    .nullable()
    .default(null),
  consequence: z
    .strictObject({
      kind: z.enum(['safety', 'food-safety', 'environment', 'production', 'cost']),
      stopH: figure.nullable(),
      repairMinor: figure.nullable(),
      secondaryMinor: figure.nullable(),
    })
    .nullable(),
  currentControl: z.strictObject({ what: words, intervalMs: spanMs.min(1) }).nullable(),
  baselineLossMinorPerYear: figure.nullable(),
  timing: z
    .strictObject({
      lookEveryMs: spanMs,
      confirmMs: spanMs,
      verifyMs: spanMs,
      workMs: spanMs,
      leadMs: spanMs,
    })
    .nullable()
    .default(null),
});

async function describeMode(call: Call, assetId: string, body: z.output<typeof sheetBody>) {
  const { site, strategy } = call.site.state();
  const known = body.failureModeId ? strategy.failureModes.get(body.failureModeId) : undefined;
  const same = [...strategy.failureModes.values()].find(
    (mode) => mode.assetId === assetId && mode.name === body.name && mode.position === body.position,
  );
  const failureModeId =
    body.failureModeId ?? same?.failureModeId ?? idUnder(site, assetId, body.group, strategy.failureModes);
  const objectiveId = body.objectiveId ?? known?.objectiveId ?? (await objectiveFor(call));
  const { consequence: cost } = body;
  const answer = await call.run({
    ...body,
    failureModeId,
    assetId,
    objectiveId,
    pfMinMs: gradedBy(call, body.pfMinMs),
    consequence: cost && {
      kind: cost.kind,
      stopH: gradedBy(call, cost.stopH),
      repairMinor: gradedBy(call, cost.repairMinor),
      secondaryMinor: gradedBy(call, cost.secondaryMinor),
    },
    baselineLossMinorPerYear: gradedBy(call, body.baselineLossMinorPerYear),
    runToFailure: known?.runToFailure ?? null,
  });
  return { ...answer, failureModeId };
}

export const assetRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/strategy/asset/:assetId',
    policy: { read: 'strategy' },
    summary: 'One asset: criticality, loss, failure modes, and whether watching can end in planned work',
    params: oneAsset,
    answer: viewOf<AssetSheetView>(),
    handle: async ({ params }, call) => {
      const view = assetSheet(lookOf(call), params.assetId);
      if (!view) throw missing('strategy', `The asset "${params.assetId}"`);
      return view;
    },
  }),
  route({
    method: 'GET',
    path: '/strategy/library',
    policy: { read: 'strategy' },
    summary: 'What usually fails, by equipment class; every P-F interval in it is a guess',
    query: z.strictObject({ equipmentClass: z.string().max(200).optional() }),
    answer: viewOf<readonly LibraryEntry[]>(),
    handle: async ({ query }, call) => {
      const asked = query.equipmentClass?.toLowerCase();
      const fits = (one: LibraryEntry): boolean =>
        asked === undefined || asked.includes(one.equipmentClass) || one.equipmentClass.includes(asked);
      return call.library.filter(fits);
    },
  }),
  commandRoute(
    'strategy.answer-criticality',
    '/strategy/asset/:assetId/first-criticality',
    'Answer the one question: what happens when it stops, and is anybody at risk?',
    {
      params: oneAsset,
      body: z.strictObject({
        stop: z.enum(['line stops', 'line slows', 'nobody notices']),
        atRisk: z.array(z.enum(['people', 'food', 'environment'])).max(3),
      }),
    },
  ),
  route({
    method: 'POST',
    path: '/strategy/asset/:assetId/criticality',
    policy: { command: 'strategy.assess-criticality' },
    summary: 'Score an asset as a team: consequences, likelihood, stand-by, and what monitoring leaves',
    params: oneAsset,
    body: z.strictObject({
      class: z.enum(['A', 'B', 'C']),
      consequence,
      likelihood: score,
      weights: z
        .strictObject({ production: z.number().min(0).max(10), cost: z.number().min(0).max(10) })
        .default({ production: 1, cost: 1 }),
      redundancy: z.union([z.literal(1), z.literal(0.5), z.literal(0.2)]).default(1),
      mitigated: z.strictObject({ consequence, likelihood: score }).nullable().default(null),
      assessedBy: z.array(id).min(1).max(20),
    }),
    answer: done,
    handle: async ({ params, body }, call) => {
      const nowMs = call.site.nowMs();
      const due = reviewDueMs(body.class, nowMs);
      return call.run({ ...params, ...body, basis: 'team', assessedAtMs: nowMs, reviewDueMs: due });
    },
  }),
  route({
    method: 'POST',
    path: '/strategy/asset/:assetId/loss',
    policy: { command: 'strategy.estimate-loss' },
    summary: 'Say from memory what a machine costs: hours and money a year, graded as your estimate',
    params: oneAsset,
    body: z.strictObject({
      whatStops: words,
      hoursPerYear: hours.nullable(),
      costMinorPerYear: amountMinor.nullable(),
    }),
    answer: done,
    handle: async ({ params, body }, call) => {
      const by = { grade: 'estimated' as const, by: call.personId, source: 'from memory' };
      const graded = (value: number | null) => (value === null ? null : { value, ...by });
      return call.run({
        ...params,
        whatStops: body.whatStops,
        hoursPerYear: graded(body.hoursPerYear),
        costMinorPerYear: graded(body.costMinorPerYear),
      });
    },
  }),
  route({
    method: 'POST',
    path: '/strategy/asset/:assetId/failure-mode',
    policy: { command: 'strategy.describe-failure-mode' },
    summary: 'Describe how an asset fails, in the codes of ISO 14224, with P-F interval and consequence',
    params: oneAsset,
    body: sheetBody,
    answer: done.extend({ failureModeId: id }),
    handle: async ({ params, body }, call) => describeMode(call, params.assetId, body),
  }),
];
