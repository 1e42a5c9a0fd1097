import type { FailureMode } from '#strategy/events.ts';
import type { Context } from '#vocabulary/command.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import type { KnownEpisode } from './agreement-events.ts';
import type { BacktestRecord, MonitorDefinition, Signal } from './events.ts';
import { monitor } from './monitor.ts';
import type { MonitorState } from './state.ts';

export const START_MS = Date.UTC(2026, 0, 5);

/** A site of one pump with everything the gate asks for; each test takes one thing away. */
export const definition: MonitorDefinition = {
  name: 'Bearing envelope high',
  failureModeId: 'p1.bearing',
  signalId: 'p1.envelope',
  condition: {
    kind: 'limit',
    direction: 'high',
    limit: 4,
    deadband: 0.8,
    onDelayMs: 6 * HOUR_MS,
    offDelayMs: HOUR_MS,
  },
  limitSource: { text: 'history 2025', grade: 'measured' },
  staleAfterMs: 30 * MINUTE_MS,
  quietMs: DAY_MS,
  proofMs: 12 * HOUR_MS,
  decision: 'change the bearing in a product change instead of after a breakdown',
  response: {
    rung: 'walk-by',
    firstAction: 'listen to the drive-end bearing',
    checkJobPlanId: 'p1.check',
    repairJobPlanId: 'p1.repair',
    crewId: 'p1.MECH-B',
    visitH: 1,
    withinMs: DAY_MS,
  },
  owner: 'marta',
  expectedWrongVisitsPerWeek: null,
};

export const backtest: BacktestRecord = {
  monitorId: 'p1.m1',
  version: 1,
  from: START_MS - 77 * DAY_MS,
  to: START_MS,
  samples: 22_000,
  alerts: 7,
  notifications: 5,
  alertsPerWeek: 7 / 11,
  notificationsPerWeek: 5 / 11,
  events: 4,
  caught: 4,
  precision: 0.8,
  leadHours: [22.3, 10.5, 11.9, 23.8],
  inHindsight: true,
  dataHash: 'abc',
};

export const mode: FailureMode = {
  failureModeId: 'p1.bearing',
  assetId: 'p1.P-201',
  position: 'drive-end bearing',
  name: 'bearing wears out',
  group: 'bearing',
  iso14224: 'VIB',
  objectiveId: 'p1.stops',
  pfMinMs: { value: 45 * DAY_MS, grade: 'estimated', by: 'ana', source: null },
  consequence: {
    kind: 'production',
    stopH: { value: 5.5, grade: 'estimated', by: 'ana', source: null },
    repairMinor: null,
    secondaryMinor: null,
  },
  currentControl: null,
  baselineLossMinorPerYear: null,
  runToFailure: null,
};

export const signal: Signal = {
  signalId: 'p1.envelope',
  assetId: 'p1.P-201',
  name: 'Envelope drive end',
  sourceUnit: 'gE',
  unit: 'gE',
  address: {
    source: 'mqtt',
    topic: 'line2/p201/envelope',
    valuePath: null,
    timePath: null,
    qualityPath: null,
    batchPath: null,
  },
  usualIntervalMs: 5 * MINUTE_MS,
  sensorKeeper: 'tomasz',
  gatewayKeeper: 'ana',
};

export const objective = {
  objectiveId: 'p1.stops',
  name: 'Fewer unplanned stops',
  kpi: 'downtime-hours',
  unit: 'h a year',
  baseline: { value: 41.5, grade: 'measured', by: null, source: 'orders 2025' },
  target: 28,
  dueMs: START_MS,
  valuePerUnitMinor: { value: 135_000, grade: 'estimated', by: 'david', source: null },
  accountable: 'marta',
};

export const asset = {
  assetId: 'p1.P-201',
  name: 'Homogeniser P-201',
  parentId: null,
  equipmentClass: 'pump',
  stopHourMinor: { value: 135_000, grade: 'assumed', by: null, source: null },
};

export const criticality = {
  assetId: 'p1.P-201',
  class: 'B',
  consequence: { safety: 1, environment: 1, foodSafety: 1, production: 4, cost: 4 },
  likelihood: 2,
  assessedBy: ['ana'],
  assessedAtMs: START_MS,
  reviewDueMs: START_MS + 365 * DAY_MS,
};

export const crew = {
  crewId: 'p1.MECH-B',
  name: 'MECH-B',
  craft: 'mechanic',
  technicians: ['tomasz', 'ewa', 'lars'],
  lead: 'tomasz',
  presentHPerWeek: 90,
  cbmShare: 0.1,
  rateMinorPerH: 5_500,
};

export function jobPlan(id: string, durationH: number, leadTimeMs: number): FactBody {
  const parts =
    leadTimeMs > 0 ? [{ number: '4001187', name: 'bearing', quantity: 1, costMinor: 1, leadTimeMs }] : [];
  const data = {
    jobPlanId: `p1.${id}`,
    name: id,
    craft: 'mechanic',
    steps: ['look'],
    durationH,
    people: 1,
    parts,
    needsStop: durationH > 1,
    plannedDowntimeH: 0,
    trueIf: [],
    falseIf: [],
  };
  return { type: 'monitor.job-plan-written', v: 1, data };
}

export interface Bench {
  state: MonitorState;
  nowMs: number;
}

export function tell(bench: Bench, body: FactBody): void {
  monitor.evolve(bench.state, { ...body, atMs: bench.nowMs } as Recorded);
}

/** Everything described, nothing drafted; `without` leaves out facts of that type. */
export function described(without: readonly string[] = []): Bench {
  const bench: Bench = { state: monitor.initial('p1'), nowMs: START_MS };
  const facts: FactBody[] = [
    { type: 'strategy.objective-set', v: 1, data: objective },
    { type: 'strategy.asset-registered', v: 1, data: asset },
    { type: 'strategy.criticality-assessed', v: 1, data: criticality },
    { type: 'strategy.failure-mode-described', v: 1, data: mode },
    { type: 'strategy.crew-formed', v: 1, data: crew },
    { type: 'monitor.signal-declared', v: 1, data: signal },
    jobPlan('check', 0.5, 0),
    jobPlan('repair', 4, 3 * DAY_MS),
  ];
  for (const body of facts) if (!without.includes(body.type)) tell(bench, body);
  return bench;
}

/** Decides and folds. @returns number of facts, or the refusal */
export function run(bench: Bench, actor: Actor, type: string, data: unknown): number | Refusal {
  const context: Context = { site: 'p1', nowMs: bench.nowMs, actor };
  const decision = monitor.decide({ id: 'c', type, actor, data }, bench.state, context);
  if (isRefusal(decision)) return decision;
  for (const body of decision) tell(bench, body);
  return decision.length;
}

/** Codes of everything a refusal lists; [] when it was not refused. */
export function refusedFor(answer: number | Refusal): string[] {
  if (typeof answer === 'number') return [];
  return answer.items.length > 0 ? answer.items.map((item) => item.code) : [answer.code];
}

export function drafted(bench = described(), changes: Partial<MonitorDefinition> = {}): Bench {
  const data = {
    monitorId: 'p1.m1',
    definition: { ...definition, ...changes },
    reason: 'three breakdowns in 2025',
  };
  const answer = run(bench, 'person:ana', 'monitor.draft', data);
  if (answer !== 1) throw new Error(JSON.stringify(answer));
  return bench;
}

/** Past episodes, the first `real` of them real. */
export function episodes(n = 5, real = 3): KnownEpisode[] {
  return Array.from({ length: n }, (_, i) => {
    const atMs = START_MS - (n - i) * DAY_MS;
    return { episodeId: `e${i}`, fromMs: atMs - DAY_MS, toMs: atMs, atMs, real: i < real };
  });
}

/** A technician of the crew has looked at five episodes and was right about `agreed` of them. */
export function reviewed(bench: Bench, version = 1, agreed = 5): Bench {
  const about = { monitorId: 'p1.m1', version };
  run(bench, 'person:ana', 'monitor.open-review', { ...about, episodes: episodes() });
  run(bench, 'person:tomasz', 'monitor.sign-review', { ...about, agreed, of: 5, commentRef: null });
  return bench;
}

/** Drafted, backtested, reviewed, proposed by the engineer and signed by a technician: ready to go live. */
export function ready(bench = drafted()): Bench {
  run(bench, 'rule:backtest', 'monitor.record-backtest', backtest);
  reviewed(bench);
  run(bench, 'person:ana', 'monitor.propose', { monitorId: 'p1.m1', version: 1 });
  run(bench, 'person:tomasz', 'monitor.sign-off', { monitorId: 'p1.m1', version: 1, as: 'technician' });
  return bench;
}

export function activate(bench: Bench, version = 1): number | Refusal {
  return run(bench, 'person:marta', 'monitor.activate', { monitorId: 'p1.m1', version });
}
