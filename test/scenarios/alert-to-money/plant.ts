import { decide, initialState, nextDueMs, type SiteState, settle, settleDue } from '#core/flow.ts';
import type { DetectRaised } from '#detect/events.ts';
import type { JobPlan, MonitorDefinition } from '#monitor/events.ts';
import type { FailureMode } from '#strategy/events.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import type { Graded } from '#vocabulary/grade.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';

/** Monday of week 48, the morning the story begins. */
export const MONDAY = Date.UTC(2026, 10, 23);
export const SITE = 'p1200';
export const ASSET = 'p1200.P-201';
export const MONITOR = 'p1200.P-201-envelope';

export const PLANNER: Actor = 'person:juergen';
export const MECHANIC: Actor = 'person:tomasz';
export const ENGINEER: Actor = 'person:ana';
export const FINANCE: Actor = 'person:david';

export function at(day: number, hour: number): number {
  return MONDAY + day * DAY_MS + hour * HOUR_MS;
}

export function measured(value: number): Graded {
  return { value, grade: 'measured', by: null, source: 'history' };
}

export const MODE: FailureMode = {
  failureModeId: 'p1200.P-201-bearing',
  assetId: ASSET,
  position: 'drive-end bearing',
  name: 'Bearing wears out',
  group: 'bearing',
  iso14224: 'VIB',
  objectiveId: 'p1200.stops',
  pfMinMs: { value: 45 * DAY_MS, grade: 'estimated', by: 'ana', source: 'library' },
  consequence: {
    kind: 'production',
    stopH: measured(5.5),
    repairMinor: measured(190_000),
    secondaryMinor: measured(110_000),
  },
  currentControl: { what: 'bearing route', intervalMs: 28 * DAY_MS },
  baselineLossMinorPerYear: measured(5_000_000),
  runToFailure: null,
};

export const REPAIR: JobPlan = {
  jobPlanId: 'p1200.JP-1',
  name: 'Replace bearing set, laser-align',
  craft: 'mechanic',
  steps: ['Lock out', 'Replace', 'Align'],
  durationH: 2.5,
  people: 2,
  parts: [{ number: '4001187', name: 'bearing', quantity: 1, costMinor: 38_000, leadTimeMs: 0 }],
  needsStop: true,
  plannedDowntimeH: 0,
  trueIf: ['grinding noise'],
  falseIf: ['loose sensor'],
};

export const DEFINITION: MonitorDefinition = {
  name: 'P-201 envelope',
  failureModeId: MODE.failureModeId,
  signalId: 'p1200.P-201-env',
  condition: { kind: 'limit', direction: 'high', limit: 4, deadband: 0.8, onDelayMs: 0, offDelayMs: 0 },
  limitSource: null,
  staleAfterMs: 30 * 60_000,
  quietMs: 24 * HOUR_MS,
  proofMs: 12 * HOUR_MS,
  decision: 'plan the bearing before it fails',
  response: {
    rung: 'walk-by',
    firstAction: 'Listen at the drive end',
    checkJobPlanId: null,
    repairJobPlanId: REPAIR.jobPlanId,
    crewId: 'p1200.MECH-B',
    visitH: 1,
    withinMs: 2 * DAY_MS,
  },
  owner: 'marta',
  expectedWrongVisitsPerWeek: null,
};

export interface PlantOptions {
  mode?: Partial<FailureMode>;
  definition?: Partial<MonitorDefinition>;
  live?: boolean;
}

/** The control plane of one site with the pump of the story, fed fact by fact through the real flow. */
export class Plant {
  readonly state: SiteState = initialState(SITE);
  readonly facts: Recorded[] = [];
  nowMs = MONDAY - 30 * DAY_MS;
  private causes = 0;

  constructor({ mode = {}, definition = {}, live = true }: PlantOptions = {}) {
    for (const body of described({ ...MODE, ...mode }, { ...DEFINITION, ...definition })) this.tell(body);
    this.tell(f('monitor.trial-started', { monitorId: MONITOR, version: 1, endsAtMs: MONDAY }));
    if (live) this.goLive();
    this.nowMs = MONDAY;
  }

  goLive(): Recorded[] {
    return this.tell(
      f('monitor.activated', { monitorId: MONITOR, version: 1, wastedHPerWeek: 0, crewId: 'p1200.MECH-B' }),
    );
  }

  /** Feeds facts of one input, then whatever is due. @returns what the journal got */
  tell(...bodies: FactBody[]): Recorded[] {
    const cause = {
      causeId: `t${++this.causes}`,
      intakeSeq: this.causes,
      nowMs: this.nowMs,
      actor: 'system:clock' as const,
    };
    return this.keep([
      ...settle(this.state, bodies, cause),
      ...settleDue(this.state, this.causes, this.nowMs),
    ]);
  }

  /** Lets plant time run to `untilMs`, stopping wherever something is due. */
  wait(untilMs: number): Recorded[] {
    const facts: Recorded[] = [];
    for (let dueMs = nextDueMs(this.state); dueMs <= untilMs; dueMs = nextDueMs(this.state)) {
      this.nowMs = Math.max(this.nowMs, dueMs);
      facts.push(...settleDue(this.state, ++this.causes, this.nowMs));
    }
    this.nowMs = untilMs;
    return this.keep(facts);
  }

  run(actor: Actor, type: string, data: unknown): Recorded[] {
    const answer = this.ask(actor, type, data);
    if (isRefusal(answer)) throw new Error(`${answer.code} ${answer.message}`);
    return answer;
  }

  /** @returns the code of the refusal; `done` when there was none */
  refusal(actor: Actor, type: string, data: unknown): string {
    const answer = this.ask(actor, type, data);
    return isRefusal(answer) ? answer.code : 'done';
  }

  raise(overrides: Partial<DetectRaised> = {}): Recorded[] {
    return this.tell(f('detect.raised', { ...detected(this.nowMs), ...overrides }));
  }

  clear(): Recorded[] {
    return this.tell(
      f('detect.cleared', { monitorId: MONITOR, version: 1, clearedAtMs: this.nowMs, extreme: 7.4 }),
    );
  }

  count(type: string): number {
    return this.facts.filter((fact) => fact.type === type).length;
  }

  last<D = Record<string, unknown>>(type: string): D {
    return this.facts.findLast((fact) => fact.type === type)?.data as D;
  }

  private ask(actor: Actor, type: string, data: unknown): Recorded[] | Refusal {
    const id = `c${++this.causes}`;
    const context = { site: SITE, nowMs: this.nowMs, actor };
    const decision = decide(this.state, { id, type, actor, data }, context);
    if (isRefusal(decision)) return decision;
    const cause = { causeId: id, intakeSeq: this.causes, nowMs: this.nowMs, actor };
    return this.keep(settle(this.state, decision, cause));
  }

  private keep(facts: Recorded[]): Recorded[] {
    this.facts.push(...facts);
    return facts;
  }
}

export function f(type: string, data: unknown): FactBody {
  return { type, v: 1, data };
}

/** Starts an accepted order the way people do. @returns its id */
export function startOrder(plant: Plant): string {
  const draftId = plant.last<{ draftId: string }>('work.draft-prepared').draftId;
  plant.run(PLANNER, 'work.accept-draft', { draftId, dayMs: plant.nowMs });
  const { orderId } = plant.last<{ orderId: string }>('work.order-created');
  plant.run(PLANNER, 'work.release-order', { orderId });
  plant.run(MECHANIC, 'work.start-order', { orderId });
  return orderId;
}

export function finding(plant: Plant, moment: string, answer: string, more: object = {}): object {
  const { caseId } = plant.last<{ caseId: string }>('work.case-opened');
  const given = {
    caseId,
    moment,
    finding: answer,
    evidence: 'none',
    lookAgainMs: null,
    hours: 0,
    noteRef: null,
  };
  return { ...given, ...more };
}

export function booked(orderId: string, more: object = {}): object {
  return { orderId, actualH: 7, partsMinor: 38_000, downtimeH: 0, repaired: true, ...more };
}

function detected(nowMs: number): DetectRaised {
  return {
    monitorId: MONITOR,
    version: 1,
    signalId: DEFINITION.signalId,
    raisedAtMs: nowMs,
    conditionSinceMs: nowMs - HOUR_MS,
    value: 6.2,
    extreme: 6.2,
    lastInsideMs: nowMs - 2 * HOUR_MS,
    uncertainOnly: false,
  };
}

function described(mode: FailureMode, definition: MonitorDefinition): FactBody[] {
  const people: [string, string][] = [
    ['juergen', 'planner'],
    ['tomasz', 'technician'],
    ['ana', 'reliability engineer'],
    ['david', 'finance'],
  ];
  return [
    f('strategy.objective-set', {
      objectiveId: MODE.objectiveId,
      name: 'Unplanned stops of line 2',
      kpi: 'downtime-hours',
      unit: 'h/year',
      baseline: measured(41.5),
      target: 28,
      dueMs: null,
      valuePerUnitMinor: measured(420_000),
      accountable: 'marta',
    }),
    f('strategy.asset-registered', {
      assetId: ASSET,
      name: 'Homogeniser P-201',
      parentId: null,
      equipmentClass: 'homogeniser',
      stopHourMinor: measured(420_000),
    }),
    f('strategy.crew-formed', {
      crewId: 'p1200.MECH-B',
      name: 'MECH-B',
      craft: 'mechanic',
      technicians: ['tomasz'],
      lead: 'tomasz',
      presentHPerWeek: 90,
      cbmShare: 0.1,
      rateMinorPerH: 5_500,
    }),
    f('strategy.failure-mode-described', mode),
    ...people.flatMap(([personId, role]) => [
      f('access.person-joined', { personId, crewId: null, simulated: true }),
      f('access.role-granted', { personId, role }),
    ]),
    f('monitor.signal-declared', {
      signalId: definition.signalId,
      assetId: ASSET,
      name: 'envelope',
      sourceUnit: 'gE',
      unit: 'gE',
      address: {
        source: 'mqtt',
        topic: 'p201/env',
        valuePath: null,
        timePath: null,
        qualityPath: null,
        batchPath: null,
      },
      usualIntervalMs: 600_000,
      sensorKeeper: 'tomasz',
      gatewayKeeper: null,
    }),
    f('monitor.job-plan-written', REPAIR),
    f('monitor.drafted', {
      monitorId: MONITOR,
      version: 1,
      definition,
      priority: 2,
      proposedBy: 'ana',
      reason: 'pilot',
    }),
  ];
}
