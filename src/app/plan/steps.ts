// A plan file as the commands that load it, in the order in which each finds what it refers to.
import type { PlanDocument, PlanMonitor } from '#ports/plan-file.ts';
import type { Command } from '#vocabulary/command.ts';
import { withSignals } from '#vocabulary/conditions/all.ts';
import type { Graded } from '#vocabulary/grade.ts';
import { type Actor, derivedId, namedId } from '#vocabulary/ids.ts';

/** A command and the place in the file it comes from. */
export interface PlanStep {
  command: Command;
  /** `monitors.0`, as in `PlanRead.positions` */
  path: string;
}

interface Draft {
  type: string;
  actor: Actor;
  data: unknown;
  path: string;
}

const SETUP: Actor = 'system:setup';

/**
 * Commands that describe the plant, its people and its monitors, and start the trials that the plan wants.
 * Ids follow from the content (`plan:<hash>:<n>`), so that loading the same plan twice adds nothing.
 * @param site begins every id
 */
export function planSteps(plan: PlanDocument, site: string): PlanStep[] {
  const name = naming(site);
  const drafts: Draft[] = [...peopleDrafts(plan, name), ...strategyDrafts(plan, name)];
  plan.signals.forEach((one, i) => {
    const data = {
      ...one,
      signalId: name.of(one.signalId),
      assetId: name.of(one.assetId),
      sensorKeeper: name.maybe(one.sensorKeeper),
      gatewayKeeper: name.maybe(one.gatewayKeeper),
    };
    drafts.push({ type: 'monitor.declare-signal', actor: SETUP, data, path: `signals.${i}` });
  });
  plan.jobPlans.forEach((one, i) => {
    const data = { ...one, jobPlanId: name.of(one.jobPlanId) };
    drafts.push({ type: 'monitor.write-job-plan', actor: SETUP, data, path: `jobPlans.${i}` });
  });
  plan.monitors.forEach((one, i) => {
    drafts.push(...monitorDrafts(one, `monitors.${i}`, name));
  });
  return numbered(drafts, plan, site, 'load');
}

export function planCommands(plan: PlanDocument, site: string): Command[] {
  return planSteps(plan, site).map((step) => step.command);
}

/**
 * Commands by which the people of the plan bring its `live` monitors through the gate: propose, sign off, activate.
 * They belong after the backtests of these monitors have been recorded.
 */
export function goLiveSteps(plan: PlanDocument, site: string): PlanStep[] {
  const name = naming(site);
  const drafts: Draft[] = [];
  plan.monitors.forEach((one, i) => {
    if (one.wanted !== 'live') return;
    const path = `monitors.${i}`;
    const about = { monitorId: name.of(one.monitorId), version: 1 };
    drafts.push({ type: 'monitor.propose', actor: name.actor(one.proposer), data: about, path });
    one.signOffs.forEach(({ by, as }, j) => {
      const data = { ...about, as };
      drafts.push({ type: 'monitor.sign-off', actor: name.actor(by), data, path: `${path}.signOffs.${j}` });
    });
    const activator = one.activator ?? one.definition.owner ?? one.proposer;
    drafts.push({ type: 'monitor.activate', actor: name.actor(activator), data: about, path });
  });
  return numbered(drafts, plan, site, 'live');
}

/** People of the plan as records for the store of names. */
export function planPeople(
  plan: PlanDocument,
  site: string,
): { personId: string; name: string; email: null; simulated: boolean; erased: false }[] {
  return plan.people.map(({ personId, name, simulated }) => ({
    personId: namedId(site, personId),
    name,
    email: null,
    simulated,
    erased: false,
  }));
}

interface Naming {
  of(id: string): string;
  maybe(id: string | null): string | null;
  actor(id: string): Actor;
  /** a figure, with its estimator's id */
  figure(figure: Graded | null): Graded | null;
}

function naming(site: string): Naming {
  const of = (id: string): string => namedId(site, id);
  const maybe = (id: string | null): string | null => (id === null ? null : of(id));
  return {
    of,
    maybe,
    actor: (id) => `person:${of(id)}`,
    figure: (figure) => figure && { ...figure, by: maybe(figure.by) },
  };
}

function numbered(drafts: Draft[], plan: PlanDocument, site: string, part: string): PlanStep[] {
  const hash = derivedId(site, JSON.stringify(plan), 'plan', 0).slice(0, 12);
  const infix = part === 'load' ? '' : `${part}:`;
  return drafts.map(({ type, actor, data, path }, n) => ({
    command: { id: `plan:${hash}:${infix}${n}`, type, actor, data },
    path,
  }));
}

function peopleDrafts(plan: PlanDocument, name: Naming): Draft[] {
  const drafts: Draft[] = [];
  plan.people.forEach((person, i) => {
    const path = `people.${i}`;
    const personId = name.of(person.personId);
    const crew = plan.crews.find(
      (one) => one.technicians.includes(person.personId) || one.lead === person.personId,
    );
    const joined = { personId, crewId: name.maybe(crew?.crewId ?? null), simulated: person.simulated };
    drafts.push({ type: 'access.join-person', actor: SETUP, data: joined, path });
    for (const role of person.roles) {
      drafts.push({ type: 'access.grant-role', actor: SETUP, data: { personId, role }, path });
    }
  });
  return drafts;
}

function strategyDrafts(plan: PlanDocument, name: Naming): Draft[] {
  const drafts: Draft[] = [];
  const say = (type: string, path: string, data: unknown): void => {
    drafts.push({ type: `strategy.${type}`, actor: SETUP, data, path });
  };
  say('describe-plant', 'plant', plan.plant);
  plan.objectives.forEach((one, i) => {
    say('set-objective', `objectives.${i}`, {
      ...one,
      objectiveId: name.of(one.objectiveId),
      baseline: name.figure(one.baseline),
      valuePerUnitMinor: name.figure(one.valuePerUnitMinor),
      accountable: name.maybe(one.accountable),
    });
  });
  for (const i of parentsFirst(plan)) {
    const one = plan.assets[i] as PlanDocument['assets'][number];
    say('register-asset', `assets.${i}`, {
      ...one,
      assetId: name.of(one.assetId),
      parentId: name.maybe(one.parentId),
      stopHourMinor: name.figure(one.stopHourMinor),
    });
  }
  plan.criticality.forEach((one, i) => {
    if (!one) return;
    const assessedBy = one.assessedBy.map((id) => name.of(id));
    const data = { ...one, assetId: name.of(one.assetId), assessedBy };
    say('assess-criticality', `assets.${i}.criticality`, data);
  });
  plan.failureModes.forEach((one, i) => {
    say('describe-failure-mode', `failureModes.${i}`, named(one, name));
  });
  plan.crews.forEach((one, i) => {
    say('form-crew', `crews.${i}`, {
      ...one,
      crewId: name.of(one.crewId),
      technicians: one.technicians.map((id) => name.of(id)),
      lead: name.maybe(one.lead),
    });
  });
  return drafts;
}

function named(
  one: PlanDocument['failureModes'][number],
  name: Naming,
): PlanDocument['failureModes'][number] {
  const { consequence, runToFailure } = one;
  return {
    ...one,
    failureModeId: name.of(one.failureModeId),
    assetId: name.of(one.assetId),
    objectiveId: name.of(one.objectiveId),
    pfMinMs: name.figure(one.pfMinMs),
    consequence: consequence && {
      kind: consequence.kind,
      stopH: name.figure(consequence.stopH),
      repairMinor: name.figure(consequence.repairMinor),
      secondaryMinor: name.figure(consequence.secondaryMinor),
    },
    baselineLossMinorPerYear: name.figure(one.baselineLossMinorPerYear),
    runToFailure: runToFailure && { ...runToFailure, acceptedBy: name.of(runToFailure.acceptedBy) },
  };
}

/** Places of the assets, each after its parent; those in a circle come last and are refused there. */
function parentsFirst(plan: PlanDocument): number[] {
  const order: number[] = [];
  const placed = new Set<string>();
  let waiting = plan.assets.map((_, i) => i);
  while (waiting.length > 0) {
    const ready = waiting.filter((i) => {
      const parentId = plan.assets[i]?.parentId ?? null;
      return parentId === null || placed.has(parentId);
    });
    if (ready.length === 0) return [...order, ...waiting];
    for (const i of ready) placed.add(plan.assets[i]?.assetId ?? '');
    order.push(...ready);
    waiting = waiting.filter((i) => !ready.includes(i));
  }
  return order;
}

function monitorDrafts(one: PlanMonitor, path: string, name: Naming): Draft[] {
  const { definition } = one;
  const { response } = definition;
  const monitorId = name.of(one.monitorId);
  const actor = name.actor(one.proposer);
  const data = {
    monitorId,
    reason: one.reason,
    definition: {
      ...definition,
      failureModeId: name.of(definition.failureModeId),
      signalId: name.of(definition.signalId),
      condition: withSignals(definition.condition, (signalId) => name.of(signalId)),
      response: response && {
        ...response,
        checkJobPlanId: name.maybe(response.checkJobPlanId),
        repairJobPlanId: name.maybe(response.repairJobPlanId),
        crewId: name.of(response.crewId),
      },
      owner: name.maybe(definition.owner),
      expectedWrongVisitsPerWeek: name.figure(definition.expectedWrongVisitsPerWeek),
    },
  };
  const drafts: Draft[] = [{ type: 'monitor.draft', actor, data, path }];
  if (one.wanted === 'trial') drafts.push({ type: 'monitor.start-trial', actor, data: { monitorId }, path });
  return drafts;
}
