import type { Member } from '#access/state.ts';
import { emptyOutcome } from '#outcome/state.ts';
import { emptyStrategy } from '#strategy/state.ts';
import type { CaseId, CrewId, MonitorId, PersonId } from '#vocabulary/ids.ts';
import type { WorkCase, WorkState } from '#work/state.ts';
import { caseIsOf } from '../flow-guest.ts';
import type { SiteState } from '../flow.ts';
import type { Stop, StopWord } from './shapes.ts';

/**
 * The site as a guest contractor of a crew may see it: the crew's orders and cases, what hangs on them, and the names
 * on them. Whatever a view asks for beside that is not there, so that a new view gives nothing away either: no money,
 * no objective, no criticality, no other crew.
 * @param personId who looks
 */
export function forGuest(state: SiteState, crewId: CrewId, personId: PersonId): SiteState {
  const work = workOf(state.work, crewId);
  const monitors = new Set<MonitorId>([...work.cases.values()].map((theCase) => theCase.monitorId));
  const { alert, detect, monitor, plan, acquire } = state;
  const strategy = strategyOf(state, work, crewId);
  const signals = new Set(
    [...work.cases.values()].map(
      ({ monitorId, monitorVersion }) => work.monitors.get(monitorId)?.get(monitorVersion)?.signalId,
    ),
  );
  return {
    ...state,
    access: {
      ...state.access,
      people: peopleOf(state, work, personId),
      clients: new Map(),
      lockOutsAtMs: [],
    },
    strategy,
    monitor: {
      ...monitor,
      objectives: new Map(),
      assets: strategy.assets,
      criticality: new Map(),
      failureModes: strategy.failureModes,
      crews: strategy.crews,
      monitors: kept(monitor.monitors, (id) => monitors.has(id)),
    },
    acquire: {
      ...acquire,
      claims: kept(acquire.claims, (_, claim) => monitors.has(claim.monitorId)),
      index: kept(acquire.index, (id) => signals.has(id)),
      imports: new Map(),
      setAside: [],
    },
    detect: {
      ...detect,
      active: kept(detect.active, (id) => monitors.has(id)),
      blind: kept(detect.blind, (id) => monitors.has(id)),
    },
    alert: {
      ...alert,
      alerts: kept(alert.alerts, (id) => work.alerts.has(id)),
      active: kept(alert.active, (id) => monitors.has(id)),
      health: new Map(),
      charges: new Map(),
    },
    work,
    plan: {
      ...plan,
      crews: new Map(),
      proposals: kept(plan.proposals, (id) => work.drafts.has(id)),
      orders: kept(plan.orders, (id) => work.orders.has(id)),
    },
    outcome: emptyOutcome(state.site),
  };
}

function kept<K, V>(all: ReadonlyMap<K, V>, wanted: (key: K, value: V) => boolean): Map<K, V> {
  return new Map([...all].filter(([key, value]) => wanted(key, value)));
}

function workOf(work: WorkState, crewId: CrewId): WorkState {
  const orders = kept(work.orders, (_, order) => order.crewId === crewId);
  const drafts = kept(work.drafts, (_, draft) => draft.crewId === crewId);
  const cases = new Map<CaseId, WorkCase>();
  for (const [caseId, theCase] of work.cases) {
    if (!caseIsOf(work, theCase, crewId)) continue;
    cases.set(caseId, {
      ...theCase,
      orders: theCase.orders.filter((id) => orders.has(id)),
      drafts: theCase.drafts.filter((id) => drafts.has(id)),
      openOrderId: orders.has(theCase.openOrderId ?? '') ? theCase.openOrderId : null,
      openDraftId: drafts.has(theCase.openDraftId ?? '') ? theCase.openDraftId : null,
    });
  }
  return {
    ...work,
    accountable: new Map(),
    criticality: new Map(),
    cases,
    orders,
    drafts,
    alerts: kept(work.alerts, (_, alert) => cases.has(alert.caseId)),
    caseOfFault: kept(work.caseOfFault, (_, caseId) => cases.has(caseId)),
    open: new Set([...work.open].filter((caseId) => cases.has(caseId))),
    caseOfMonitor: kept(work.caseOfMonitor, (_, caseId) => cases.has(caseId)),
    notifications: kept(work.notifications, (_, { caseId }) => caseId !== null && cases.has(caseId)),
    openNotifications: new Set(),
  };
}

/** Names of the assets and faults of the work, and of the crew; every figure of money or hours is left out. */
function strategyOf(state: SiteState, work: WorkState, crewId: CrewId): SiteState['strategy'] {
  const { strategy } = state;
  const assetIds = new Set([...work.cases.values()].map((theCase) => theCase.fault.assetId));
  const bare = emptyStrategy(state.site);
  bare.plant = strategy.plant;
  for (const assetId of assetIds) {
    const asset = strategy.assets.get(assetId);
    if (asset) bare.assets.set(assetId, { ...asset, parentId: null, stopHourMinor: null });
  }
  for (const [id, mode] of strategy.failureModes) {
    if (!assetIds.has(mode.assetId)) continue;
    const untold = { consequence: null, baselineLossMinorPerYear: null, runToFailure: null };
    bare.failureModes.set(id, { ...mode, ...untold, objectiveId: '' });
  }
  const crew = strategy.crews.get(crewId);
  if (crew) {
    const untold = { technicians: [], lead: null, presentHPerWeek: 0, cbmShare: 0, rateMinorPerH: 0 };
    bare.crews.set(crewId, { ...crew, ...untold });
  }
  return bare;
}

/** The guest, and those whose names stand on the work; of others no role and no crew. */
function peopleOf(state: SiteState, work: WorkState, personId: PersonId): Map<PersonId, Member> {
  const named = new Set<PersonId | null>([personId]);
  for (const theCase of work.cases.values()) {
    named.add(theCase.owner);
    for (const given of theCase.findings) named.add(given.by);
    for (const alertId of theCase.alerts) {
      for (const by of state.alert.alerts.get(alertId)?.acknowledgedBy ?? []) named.add(by);
    }
  }
  for (const draft of work.drafts.values()) named.add(draft.answeredBy);
  for (const order of work.orders.values()) {
    named
      .add(order.acceptedBy)
      .add(order.releasedBy)
      .add(order.finished?.by ?? null);
  }
  const people = kept(state.access.people, (id) => named.has(id));
  for (const [id, member] of people) {
    if (id !== personId)
      people.set(id, { ...member, roles: [], takenBack: [], crewId: null, guestCrewId: null });
  }
  return people;
}

const UNTOLD: ReadonlySet<StopWord> = new Set(['objective', 'money']);
const NO_PAGE: ReadonlySet<StopWord> = new Set(['asset', 'failure mode', 'monitor', 'alert']);

/** The line of a case for a guest: without what it is worth, and without ways to pages that are closed to guests. */
export function stopsForGuest(stops: readonly Stop[]): Stop[] {
  return stops.map((stop) => {
    if (UNTOLD.has(stop.word)) return { ...stop, value: '', href: null };
    return NO_PAGE.has(stop.word) ? { ...stop, href: null } : stop;
  });
}
