import type { PlanDocument } from '#ports/plan-file.ts';
import { DAY_MS, HOUR_MS, parseDurationMs } from '#vocabulary/time.ts';
import { toMinor } from '#vocabulary/money.ts';
import { conditionOfPlan } from './condition.ts';
import type { PlanYaml } from './schema.ts';

const MINOR_PER_MAJOR = 100;
/** Readings that may be missed before a signal counts as lost, unless the plan says otherwise. */
const MISSED_READINGS = 3;

type Each<K extends keyof PlanYaml> = NonNullable<PlanYaml[K]> extends (infer T)[] ? T : never;
type Entry<K extends keyof PlanDocument> = PlanDocument[K] extends (infer T)[] ? T : never;
interface GradedYaml<T> {
  value: T;
  grade: 'measured' | 'estimated' | 'assumed';
  by?: string | undefined;
  source?: string | undefined;
}

/** The schema has checked the text already. */
function ms(text: string): number {
  return parseDurationMs(text) ?? Number.NaN;
}

function hours(text: string | undefined): number {
  return text === undefined ? 0 : ms(text) / HOUR_MS;
}

function minor(amount: number): number {
  return toMinor(amount * MINOR_PER_MAJOR);
}

function dayMs(text: string): number {
  return Date.parse(`${text}T00:00:00Z`);
}

function same(value: number): number {
  return value;
}

function graded<T>(figure: GradedYaml<T> | undefined, unit: (value: T) => number) {
  if (!figure) return null;
  const { value, grade, by, source } = figure;
  return { value: unit(value), grade, by: by ?? null, source: source ?? null };
}

function objective(one: Each<'objectives'>): Entry<'objectives'> {
  return {
    objectiveId: one.id,
    name: one.name,
    kpi: one.kpi,
    unit: one.unit,
    baseline: graded(one.baseline, same),
    target: one.target ?? null,
    dueMs: one.due === undefined ? null : dayMs(one.due),
    valuePerUnitMinor: graded(one.valuePerUnit, minor),
    accountable: one.accountable ?? null,
  };
}

function asset(one: Each<'assets'>): Entry<'assets'> {
  return {
    assetId: one.id,
    name: one.name,
    parentId: one.parent ?? null,
    equipmentClass: one.class,
    stopHourMinor: graded(one.stopHour, minor),
  };
}

function criticality({ id, criticality: assessed }: Each<'assets'>): Entry<'criticality'> {
  if (!assessed) return null;
  return {
    assetId: id,
    class: assessed.class,
    consequence: assessed.consequence,
    likelihood: assessed.likelihood,
    assessedBy: assessed.assessedBy,
    assessedAtMs: dayMs(assessed.assessed),
    reviewDueMs: dayMs(assessed.reviewDue),
  };
}

function failureMode(one: Each<'failureModes'>): Entry<'failureModes'> {
  const { consequence, currentControl, runToFailure } = one;
  return {
    failureModeId: one.id,
    assetId: one.asset,
    position: one.position,
    name: one.name,
    group: one.group,
    iso14224: one.iso14224,
    objectiveId: one.objective,
    pfMinMs: graded(one.pfMin, ms),
    consequence: consequence
      ? {
          kind: consequence.kind,
          stopH: graded(consequence.stopHours, same),
          repairMinor: graded(consequence.repair, minor),
          secondaryMinor: graded(consequence.secondary, minor),
        }
      : null,
    currentControl: currentControl
      ? { what: currentControl.what, intervalMs: ms(currentControl.interval) }
      : null,
    baselineLossMinorPerYear: graded(one.baselineLossPerYear, minor),
    runToFailure: runToFailure
      ? { acceptedBy: runToFailure.acceptedBy, reviewDueMs: dayMs(runToFailure.reviewDue) }
      : null,
  };
}

function crew(one: Each<'crews'>): Entry<'crews'> {
  return {
    crewId: one.id,
    name: one.name,
    craft: one.craft,
    technicians: one.technicians,
    lead: one.lead ?? null,
    presentHPerWeek: one.presentHoursPerWeek,
    cbmShare: one.cbmSharePercent / 100,
    rateMinorPerH: minor(one.ratePerHour),
  };
}

function jobPlan(one: Each<'jobPlans'>): Entry<'jobPlans'> {
  return {
    jobPlanId: one.id,
    name: one.name,
    craft: one.craft,
    steps: one.steps,
    durationH: hours(one.duration),
    people: one.people,
    parts: (one.parts ?? []).map(({ number, name, quantity, cost, leadTime }) => ({
      number,
      name,
      quantity,
      costMinor: minor(cost),
      leadTimeMs: ms(leadTime),
    })),
    needsStop: one.needsStop,
    plannedDowntimeH: hours(one.plannedDowntime),
    trueIf: one.trueIf ?? [],
    falseIf: one.falseIf ?? [],
  };
}

function signal(one: Each<'signals'>): Entry<'signals'> {
  const { mqtt, file } = one;
  return {
    signalId: one.id,
    assetId: one.asset,
    name: one.name,
    sourceUnit: one.sourceUnit ?? one.unit,
    unit: one.unit,
    address: {
      source: mqtt ? 'mqtt' : 'file',
      topic: mqtt?.topic ?? file?.column ?? '',
      valuePath: mqtt?.value ?? null,
      timePath: mqtt?.time ?? null,
      qualityPath: mqtt?.quality ?? null,
      batchPath: mqtt?.batch ?? null,
    },
    usualIntervalMs: ms(one.interval),
    sensorKeeper: one.sensorKeeper ?? null,
    gatewayKeeper: one.gatewayKeeper ?? null,
  };
}

type Definition = Entry<'monitors'>['definition'];

function response(one: Each<'monitors'>['response']): Definition['response'] {
  if (!one) return null;
  return {
    rung: one.rung,
    firstAction: one.firstAction,
    checkJobPlanId: one.checkJobPlan ?? null,
    repairJobPlanId: one.repairJobPlan ?? null,
    crewId: one.crew,
    visitH: hours(one.visit),
    withinMs: ms(one.within),
  };
}

function monitor(one: Each<'monitors'>, intervals: Map<string, number>): Entry<'monitors'> {
  const usualMs = intervals.get(one.signal) ?? DAY_MS;
  return {
    monitorId: one.id,
    definition: {
      name: one.name,
      failureModeId: one.failureMode,
      signalId: one.signal,
      condition: conditionOfPlan(one.condition),
      limitSource: one.limitSource ?? null,
      staleAfterMs: one.stale === undefined ? MISSED_READINGS * usualMs : ms(one.stale),
      quietMs: ms(one.quiet),
      proofMs: ms(one.proof),
      ...(one.firstOut && {
        firstOut: { group: one.firstOut.group, withinMs: ms(one.firstOut.within) },
      }),
      decision: one.decision ?? null,
      response: response(one.response),
      owner: one.owner ?? null,
      expectedWrongVisitsPerWeek: graded(one.expectedWrongVisitsPerWeek, same),
    },
    reason: one.reason,
    wanted: one.wanted,
    proposer: one.proposer,
    signOffs: one.signOffs ?? [],
    activator: one.activator ?? null,
  };
}

/** Human units of the file to the core's: durations to ms, money to minor units, percent to a share. */
export function planDocument(yaml: PlanYaml): PlanDocument {
  const { site, ...plant } = yaml.plant;
  const signals = (yaml.signals ?? []).map(signal);
  const intervals = new Map(signals.map((one) => [one.signalId, one.usualIntervalMs]));
  return {
    version: 1,
    site,
    plant,
    people: (yaml.people ?? []).map(({ id, name, roles, simulated, crew: guestCrewId }) => ({
      personId: id,
      name: name ?? id,
      roles,
      simulated,
      ...(guestCrewId === undefined ? {} : { guestCrewId }),
    })),
    objectives: (yaml.objectives ?? []).map(objective),
    assets: (yaml.assets ?? []).map(asset),
    criticality: (yaml.assets ?? []).map(criticality),
    failureModes: (yaml.failureModes ?? []).map(failureMode),
    crews: (yaml.crews ?? []).map(crew),
    jobPlans: (yaml.jobPlans ?? []).map(jobPlan),
    signals,
    monitors: (yaml.monitors ?? []).map((one) => monitor(one, intervals)),
  };
}
