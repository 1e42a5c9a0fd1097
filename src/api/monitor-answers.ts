// Ten answers to a monitor on trial: what they leave out has a default that is shown and can be changed later.
import { z } from 'zod';
import { HAND_SOURCE, WORDS_UNIT } from '#acquire/hand.ts';
import type { MonitorDefinition, Signal } from '#monitor/events.ts';
import { versionInWork } from '#monitor/lifecycle.ts';
import { namedId } from '#vocabulary/ids.ts';
import { saysTheSame } from '#vocabulary/same.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import { amountMinor, done, id } from './commands.ts';
import { missing } from './problem.ts';
import { type Call, type Route, route } from './route.ts';
import { objectiveFor } from './strategy-assets.ts';
import { estimate, idUnder, spanMs, words } from './strategy-shapes.ts';

const answers = z.strictObject({
  /** 1 which machine */
  assetId: id,
  /** 2 what fails, in words; codes and interval come from the library where it fits */
  whatFails: words,
  library: z
    .strictObject({
      group: words,
      position: z.string().max(200),
      iso14224: z.string().length(3),
      mechanism: z.string().max(3).nullable(),
      cause: words.nullable(),
      pfMinMs: spanMs.nullable(),
    })
    .nullable()
    .default(null),
  /** 3 what an hour's stop costs; a band's middle will do */
  stopHourMinor: amountMinor,
  /** 4 a signal that is there, or a reading by hand */
  signal: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('existing'), signalId: id }),
    z.strictObject({ kind: z.literal('hand'), name: words, unit: words, everyMs: spanMs.min(HOUR_MS) }),
  ]),
  /** 5 limit and where it comes from */
  limit: z.strictObject({
    direction: z.enum(['high', 'low']),
    value: z.number(),
    source: words,
    grade: z.enum(['measured', 'estimated', 'assumed']),
  }),
  /** 6 delay */
  delay: z.strictObject({ onDelayMs: spanMs, offDelayMs: spanMs }),
  /** 7 what to do */
  firstAction: words,
  rung: z.enum(['desk look', 'walk-by', 'intrusive check', 'repair']).default('walk-by'),
  /** 8 who goes */
  crew: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('existing'), crewId: id }),
    z.strictObject({ kind: z.literal('new'), name: words, technicians: z.array(id).min(1).max(50) }),
  ]),
  /** 9 within which time */
  withinMs: spanMs.min(1),
  /** 10 who answers for it */
  owner: id,
});
type Answers = z.output<typeof answers>;

/** A share of the limit below which it clears, so that a reading on the limit does not ring twice. */
const DEADBAND_SHARE = 0.02;
/** A visit costs half an hour until somebody counts. */
const VISIT_H = 0.5;
const MISSED_READINGS = 3;
/** What a new crew has for walks, and what an hour of it costs, until its lead says otherwise. */
const NEW_CREW = { craft: 'mechanic', presentHPerWeek: 40, cbmShare: 0.1, rateMinorPerH: 5_000 };

export const answerRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/monitor/from-answers',
    policy: { command: 'monitor.draft' },
    summary: 'Ten answers to a monitor on trial: drafted, its signal declared, judged without consequences',
    body: answers,
    answer: done.extend({ monitorId: id, signalId: id, failureModeId: id }),
    handle: async ({ body }, call) => {
      await costOfStop(call, body);
      const failureModeId = await failureModeOf(call, body);
      const crewId = await crewOf(call, body);
      const signal = await signalOf(call, body);
      const monitorId = await draft(call, body, { failureModeId, crewId, signal });
      await roundOf(call, body, signal);
      const started = await call.run({ monitorId }, 'monitor.start-trial', 'trial');
      return { ...started, monitorId, signalId: signal.signalId, failureModeId };
    },
  }),
];

async function costOfStop(call: Call, body: Answers): Promise<void> {
  const asset = call.site.state().strategy.assets.get(body.assetId);
  if (!asset) throw missing('strategy', `The asset "${body.assetId}"`);
  if (asset.stopHourMinor?.value === body.stopHourMinor) return;
  const stopHourMinor = estimate(call, body.stopHourMinor);
  await call.run({ ...asset, stopHourMinor }, 'strategy.register-asset', 'asset');
}

async function failureModeOf(call: Call, body: Answers): Promise<string> {
  const { site, strategy } = call.site.state();
  const { assetId, whatFails, library } = body;
  const known = [...strategy.failureModes.values()].find(
    (mode) => mode.assetId === assetId && mode.name === whatFails,
  );
  if (known) return known.failureModeId;
  const objectiveId = await objectiveFor(call);
  const group = library?.group ?? whatFails;
  const failureModeId = idUnder(site, assetId, group, strategy.failureModes);
  const pfMinMs = library?.pfMinMs ?? null;
  await call.run(
    {
      failureModeId,
      assetId,
      position: library?.position ?? '',
      name: whatFails,
      group,
      iso14224: library?.iso14224 ?? 'UNK',
      objectiveId,
      mechanism: library?.mechanism ?? null,
      cause: library?.cause ?? null,
      pfMinMs:
        pfMinMs === null
          ? null
          : { value: pfMinMs, grade: 'assumed', by: null, source: 'starter library, a guess' },
      consequence: null,
      currentControl: null,
      baselineLossMinorPerYear: null,
      runToFailure: null,
    },
    'strategy.describe-failure-mode',
    'mode',
  );
  return failureModeId;
}

async function crewOf(call: Call, { crew }: Answers): Promise<string> {
  if (crew.kind === 'existing') return crew.crewId;
  const { site, strategy } = call.site.state();
  const known = [...strategy.crews.values()].find((one) => one.name === crew.name);
  if (known) return known.crewId;
  const crewId = idUnder(site, namedId(site, crew.name), '', strategy.crews);
  const { name, technicians } = crew;
  await call.run(
    { crewId, name, technicians, lead: technicians[0] ?? null, ...NEW_CREW },
    'strategy.form-crew',
    'crew',
  );
  return crewId;
}

async function signalOf(call: Call, body: Answers): Promise<Signal> {
  const { site, monitor } = call.site.state();
  const asked = body.signal;
  if (asked.kind === 'existing') {
    const known = monitor.signals.get(asked.signalId);
    if (!known) throw missing('acquire', `The signal "${asked.signalId}"`);
    return known;
  }
  const same = [...monitor.signals.values()].find(
    (one) => one.assetId === body.assetId && one.name === asked.name && one.address.source === HAND_SOURCE,
  );
  if (same) return same;
  const signalId = idUnder(site, body.assetId, asked.name, monitor.signals);
  const signal: Signal = {
    signalId,
    assetId: body.assetId,
    name: asked.name,
    sourceUnit: asked.unit,
    unit: asked.unit,
    address: {
      source: HAND_SOURCE,
      topic: `hand/${signalId}`,
      valuePath: null,
      timePath: null,
      qualityPath: null,
      batchPath: null,
    },
    usualIntervalMs: asked.everyMs,
    sensorKeeper: body.owner,
    gatewayKeeper: body.owner,
  };
  await call.run(signal, 'monitor.declare-signal', 'signal');
  return signal;
}

async function draft(
  call: Call,
  body: Answers,
  parts: { failureModeId: string; crewId: string; signal: Signal },
): Promise<string> {
  const { site, monitor } = call.site.state();
  const definition = definitionOf(body, parts);
  const { failureModeId, signal } = parts;
  const known = [...monitor.monitors.values()].find((one) => {
    const version = versionInWork(one)?.definition;
    return version?.failureModeId === failureModeId && version.signalId === signal.signalId;
  });
  const monitorId = known?.monitorId ?? nextNumber(site, monitor.monitors);
  const before = known ? versionInWork(known)?.definition : undefined;
  const changed = known?.lifecycle === 'draft' && !saysTheSame(before, definition);
  const reason = 'ten answers';
  await call.run({ monitorId, definition, reason }, changed ? 'monitor.change' : 'monitor.draft', 'draft');
  return monitorId;
}

/** `M-01`, `M-02`: the first number that no monitor has. */
function nextNumber(site: string, known: { has(id: string): boolean }): string {
  for (let n = 1; ; n++) {
    const monitorId = namedId(site, `M-${String(n).padStart(2, '0')}`);
    if (!known.has(monitorId)) return monitorId;
  }
}

function definitionOf(
  body: Answers,
  parts: { failureModeId: string; crewId: string; signal: Signal },
): MonitorDefinition {
  const { signal } = parts;
  const { direction, value, source, grade } = body.limit;
  const isWord = signal.unit === WORDS_UNIT;
  const byHand = signal.address.source === HAND_SOURCE;
  return {
    name: `${signal.name}, ${direction}`,
    failureModeId: parts.failureModeId,
    signalId: signal.signalId,
    condition: {
      kind: 'limit',
      direction,
      limit: value,
      deadband: isWord ? 0 : Math.abs(value) * DEADBAND_SHARE,
      ...body.delay,
    },
    limitSource: { text: source, grade },
    staleAfterMs: MISSED_READINGS * signal.usualIntervalMs,
    quietMs: byHand ? 2 * signal.usualIntervalMs : DAY_MS,
    proofMs: 12 * HOUR_MS,
    decision: null,
    response: {
      rung: body.rung,
      firstAction: body.firstAction,
      checkJobPlanId: null,
      repairJobPlanId: null,
      crewId: parts.crewId,
      visitH: VISIT_H,
      withinMs: body.withinMs,
    },
    owner: body.owner,
    expectedWrongVisitsPerWeek: null,
  };
}

/** A reading by hand goes on the round of its interval, so that it has a day on which it is due. */
async function roundOf(call: Call, body: Answers, signal: Signal): Promise<void> {
  if (body.signal.kind !== 'hand') return;
  const { site, acquire } = call.site.state();
  const { everyMs } = body.signal;
  const days = Math.round((everyMs / DAY_MS) * 10) / 10;
  const roundId = namedId(site, `round-${days}d`);
  const known = acquire.rounds.get(roundId);
  const signals = known?.signals ?? [];
  await call.run(
    {
      roundId,
      name: known?.name ?? roundName(days),
      signals: signals.includes(signal.signalId) ? signals : [...signals, signal.signalId],
      everyMs,
      firstDueMs: known?.firstDueMs ?? call.site.nowMs(),
    },
    'acquire.plan-round',
    'round',
  );
}

function roundName(days: number): string {
  if (days === 1) return 'Daily round';
  return days === 7 ? 'Weekly round' : `Round every ${days} days`;
}
