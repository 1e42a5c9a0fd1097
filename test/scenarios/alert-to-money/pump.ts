import type { JobPlan, MonitorDefinition } from '#monitor/events.ts';
import type { FailureMode } from '#strategy/events.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import type { Graded } from '#vocabulary/grade.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';

/** Monday of week 48, the morning the story begins. */
export const MONDAY = Date.UTC(2026, 10, 23);
export const SITE = 'p1200';
const ASSET = 'p1200.P-201';
export const MONITOR = 'p1200.P-201-envelope';

export function f(type: string, data: unknown): FactBody {
  return { type, v: 1, data };
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

const REPAIR: JobPlan = {
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

/** Everything the line knows of the pump and its people before the first reading. */
export function described(mode: FailureMode, definition: MonitorDefinition): FactBody[] {
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
