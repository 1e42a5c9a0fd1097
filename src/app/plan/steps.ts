// A plan file as the commands that load it, in the order in which each finds what it refers to.
import type { PlanDocument, PlanMonitor } from '#ports/plan-file.ts';
import type { Command } from '#vocabulary/command.ts';
import { withSignals } from '#vocabulary/conditions/all.ts';
import type { Graded } from '#vocabulary/grade.ts';
import { type Actor, derivedId, namedId, type PersonId } from '#vocabulary/ids.ts';

/** A command and the place in the file it comes from. */
export interface PlanStep {
  command: Command;
  /** `monitors.0`, as in `PlanRead.positions` */
  path: string;
}

/** The opaque id of whoever sits on each seat of a plan: its `people`, by the id that the file gives them. */
export type Seats = ReadonlyMap<string, PersonId>;

/** Seats under readable ids, for looking a plan over in memory; what is loaded gets ids of `seatsOf`. */
export function readableSeats(plan: PlanDocument, site: string): Seats {
  return new Map(plan.people.map(({ personId }) => [personId, namedId(site, personId)]));
}

interface Draft {
  type: string;
  actor: Actor;
  data: unknown;
  path: string;
}

const SETUP: Actor = 'system:setup';

/**
 * Commands that describe the plant, its people and its monitors, and start the trials that the plan wants. All of them
 * are the set-up's: a plan names who proposes, it does not speak for them.
 * Ids follow from the content (`plan:<hash>:<n>`), so that loading the same plan twice adds nothing, and the journal
 * says which plan it was.
 * @param site begins every id but those of people
 */
export function planSteps(
  plan: PlanDocument,
  site: string,
  seats: Seats = readableSeats(plan, site),
): PlanStep[] {
  const name = naming(site, seats);
  const drafts: Draft[] = [...peopleDrafts(plan, name), ...strategyDrafts(plan, name)];
  plan.signals.forEach((one, i) => {
    const data = {
      ...one,
      signalId: name.of(one.signalId),
      assetId: name.of(one.assetId),
      sensorKeeper: name.maybePerson(one.sensorKeeper),
      gatewayKeeper: name.maybePerson(one.gatewayKeeper),
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
  return numbered(drafts, plan, site, seats, 'load');
}

export function planCommands(plan: PlanDocument, site: string, seats?: Seats): Command[] {
  return planSteps(plan, site, seats).map((step) => step.command);
}

/**
 * Commands by which the people of the plan bring its `live` monitors through the gate: propose, sign off, activate.
 * They belong after the backtests of these monitors have been recorded, and are run for simulated people alone.
 */
export function goLiveSteps(
  plan: PlanDocument,
  site: string,
  seats: Seats = readableSeats(plan, site),
): PlanStep[] {
  const name = naming(site, seats);
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
  return numbered(drafts, plan, site, seats, 'live');
}

/** People of the plan as records for the store of names. */
export function planPeople(
  plan: PlanDocument,
  site: string,
  seats: Seats = readableSeats(plan, site),
): { personId: string; name: string; email: null; simulated: boolean; erased: false }[] {
  return plan.people.map(({ personId, name, simulated }) => ({
    personId: personOn(seats, personId),
    name,
    email: null,
    simulated,
    erased: false,
  }));
}

interface Naming {
  of(id: string): string;
  maybe(id: string | null): string | null;
  person(seat: string): PersonId;
  maybePerson(seat: string | null): PersonId | null;
  actor(seat: string): Actor;
  /** a figure, with its estimator's id */
  figure(figure: Graded | null): Graded | null;
}

/** The reader has checked that every seat a plan refers to is among its people. */
function personOn(seats: Seats, seat: string): PersonId {
  const personId = seats.get(seat);
  if (personId === undefined) throw new Error(`bug: nobody sits on the seat "${seat}"`);
  return personId;
}

function naming(site: string, seats: Seats): Naming {
  const of = (id: string): string => namedId(site, id);
  const maybe = (id: string | null): string | null => (id === null ? null : of(id));
  const maybePerson = (seat: string | null): PersonId | null =>
    seat === null ? null : personOn(seats, seat);
  return {
    of,
    maybe,
    person: (seat) => personOn(seats, seat),
    maybePerson,
    actor: (seat) => `person:${personOn(seats, seat)}`,
    figure: (figure) => figure && { ...figure, by: maybePerson(figure.by) },
  };
}

/** A seat that somebody else took makes other commands, so the seats are part of the hash. */
function numbered(drafts: Draft[], plan: PlanDocument, site: string, seats: Seats, part: string): PlanStep[] {
  const hash = derivedId(site, JSON.stringify([plan, [...seats]]), 'plan', 0).slice(0, 12);
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
    const personId = name.person(person.personId);
    const crew = plan.crews.find(
      (one) => one.technicians.includes(person.personId) || one.lead === person.personId,
    );
    const joined = { personId, crewId: name.maybe(crew?.crewId ?? null), simulated: person.simulated };
    drafts.push({ type: 'access.join-person', actor: SETUP, data: joined, path });
    for (const role of person.roles) {
      const bound = role === 'guest contractor' && person.guestCrewId !== undefined;
      const data = bound
        ? { personId, role, crewId: name.maybe(person.guestCrewId ?? null) }
        : { personId, role };
      drafts.push({ type: 'access.grant-role', actor: SETUP, data, path });
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
      accountable: name.maybePerson(one.accountable),
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
    const assessedBy = one.assessedBy.map((id) => name.person(id));
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
      technicians: one.technicians.map((id) => name.person(id)),
      lead: name.maybePerson(one.lead),
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
    runToFailure: runToFailure && { ...runToFailure, acceptedBy: name.person(runToFailure.acceptedBy) },
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
  const data = {
    monitorId,
    proposedBy: name.person(one.proposer),
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
      owner: name.maybePerson(definition.owner),
      expectedWrongVisitsPerWeek: name.figure(definition.expectedWrongVisitsPerWeek),
    },
  };
  const drafts: Draft[] = [{ type: 'monitor.draft', actor: SETUP, data, path }];
  if (one.wanted === 'trial') {
    drafts.push({ type: 'monitor.start-trial', actor: SETUP, data: { monitorId }, path });
  }
  return drafts;
}
