import type { AlertFact } from '#alert/events.ts';
import type { MonitorFact } from '#monitor/events.ts';
import type { StrategyFact } from '#strategy/events.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { CaseId, MonitorId, PersonId } from '#vocabulary/ids.ts';
import { WEEK_MS } from '#vocabulary/time.ts';
import { type FindingGiven, type WorkFact, isFalse, isTrue } from '#work/events.ts';
import type { EntryStatus, OutcomeFact } from './events.ts';
import type { WorkCost } from './money.ts';
import { type Entry, type MonitorTally, NO_COST, type OutcomeCase, type OutcomeState } from './state.ts';

/** Facts this room folds. */
export type OutcomeKnown = StrategyFact | MonitorFact | AlertFact | WorkFact | OutcomeFact;

/** Folds one fact into ledgers and tallies. Changes `state` in place. */
export function evolveOutcome(state: OutcomeState, fact: Recorded<OutcomeKnown>): void {
  if (fact.type.startsWith('outcome.')) evolveEntry(state, fact as Recorded<OutcomeFact>);
  else if (fact.type.startsWith('work.')) evolveWork(state, fact as Recorded<WorkFact>);
  else learn(state, fact as Recorded<StrategyFact | MonitorFact | AlertFact>);
}

function learn(state: OutcomeState, fact: Recorded<StrategyFact | MonitorFact | AlertFact>): void {
  switch (fact.type) {
    case 'strategy.asset-registered':
      state.assets.set(fact.data.assetId, fact.data);
      return;
    case 'strategy.failure-mode-described':
      state.failureModes.set(fact.data.failureModeId, fact.data);
      return;
    case 'strategy.crew-formed':
      state.crews.set(fact.data.crewId, fact.data);
      return;
    case 'monitor.drafted':
    case 'monitor.changed': {
      const versions = state.monitors.get(fact.data.monitorId) ?? new Map();
      versions.set(fact.data.version, fact.data.definition);
      state.monitors.set(fact.data.monitorId, versions);
      return;
    }
    case 'strategy.criticality-assessed':
      state.likelihood.set(fact.data.assetId, fact.data.likelihood);
      state.criticalityClass.set(fact.data.assetId, fact.data.class);
      return;
    case 'monitor.activated':
      tallyOf(state, fact.data.monitorId).firstLiveMs ??= fact.atMs;
      state.live.set(fact.data.monitorId, fact.data.crewId);
      state.activated.set(fact.data.monitorId, fact.data.version);
      return;
    case 'monitor.sent-back-to-trial':
    case 'monitor.retired':
      state.live.delete(fact.data.monitorId);
      return;
    case 'alert.noise-charged': {
      const { monitorId, crewId, hours } = fact.data;
      const recent = state.lost.filter((one) => one.atMs > fact.atMs - 2 * WEEK_MS);
      state.lost = [...recent, { monitorId, crewId, hours, atMs: fact.atMs }];
      return;
    }
    case 'alert.raised':
      if (!fact.data.trial) tallyOf(state, fact.data.monitorId).lastAlertMs = fact.data.raisedAtMs;
      return;
    default:
      return;
  }
}

function evolveWork(state: OutcomeState, fact: Recorded<WorkFact>): void {
  switch (fact.type) {
    case 'work.case-opened': {
      const { caseId, monitorId, monitorVersion } = fact.data;
      const empty = { cost: NO_COST, credited: false, findings: [], workers: [] };
      const seen = { monitors: [monitorId], absorbed: [], firstSeenBy: 'monitor' as const };
      state.cases.set(caseId, { caseId, monitorId, monitorVersion, ...seen, ...empty });
      tallyOf(state, monitorId).cases++;
      return;
    }
    case 'work.notification-appended': {
      const theCase = state.cases.get(fact.data.caseId) as OutcomeCase;
      if (fact.data.firstSeenBy === 'operator') theCase.firstSeenBy = 'operator';
      return;
    }
    case 'work.cases-merged':
      merge(state, fact.data.intoCaseId, fact.data.caseId);
      return;
    case 'work.case-split':
      part(state, fact.data.caseId, fact.data.leaving);
      return;
    case 'work.order-created':
      state.orderCrew.set(fact.data.orderId, fact.data.crewId);
      return;
    case 'work.finding-given':
      hear(state, fact.data);
      return;
    case 'work.order-finished': {
      const { caseId, orderId, actualH: hours, partsMinor, downtimeH, by, repaired } = fact.data;
      const theCase = state.cases.get(caseId) as OutcomeCase;
      spend(state, theCase, { hours, partsMinor, downtimeH }, by);
      const finding = theCase.findings.findLast((given) => given.orderId === orderId);
      if (finding) judge(state, theCase, finding, repaired);
      return;
    }
    default:
      return;
  }
}

/** What was spent and said on the second counts on the first; a monitor of both made one case of them. */
function merge(state: OutcomeState, intoCaseId: CaseId, caseId: CaseId): void {
  const into = state.cases.get(intoCaseId) as OutcomeCase;
  const second = state.cases.get(caseId) as OutcomeCase;
  for (const monitorId of second.monitors) {
    if (into.monitors.includes(monitorId)) tallyOf(state, monitorId).cases--;
    else into.monitors.push(monitorId);
  }
  into.cost = {
    hours: into.cost.hours + second.cost.hours,
    partsMinor: into.cost.partsMinor + second.cost.partsMinor,
    downtimeH: into.cost.downtimeH + second.cost.downtimeH,
  };
  into.credited ||= second.credited;
  if (second.firstSeenBy === 'operator') into.firstSeenBy = 'operator';
  into.findings = [...into.findings, ...second.findings].sort((a, b) => a.givenAtMs - b.givenAtMs);
  into.workers = [...new Set([...into.workers, ...second.workers])];
  into.absorbed.push(caseId, ...second.absorbed);
  Object.assign(second, { monitors: [], absorbed: [], cost: NO_COST, findings: [], workers: [] });
}

/** A monitor that came in by a merge and leaves again was counted when the part's case opened. */
function part(state: OutcomeState, caseId: CaseId, leaving: readonly MonitorId[]): void {
  const theCase = state.cases.get(caseId) as OutcomeCase;
  for (const monitorId of leaving) {
    const at = theCase.monitors.indexOf(monitorId);
    if (at < 0) continue;
    theCase.monitors.splice(at, 1);
    tallyOf(state, monitorId).cases--;
  }
}

function hear(state: OutcomeState, given: FindingGiven): void {
  const theCase = state.cases.get(given.caseId) as OutcomeCase;
  theCase.findings.push(given);
  const cost = { hours: given.orderId === null ? given.hours : 0, partsMinor: 0, downtimeH: 0 };
  spend(state, theCase, cost, given.by);
  if (given.orderId === null) judge(state, theCase, given, false);
}

/**
 * A fault that is still to be repaired, and one too early to see, are no verdicts yet. Work that a process, a known
 * fault or a visit not made explains books nothing, so a later entry of the case does not carry its cost.
 */
function judge(
  state: OutcomeState,
  theCase: OutcomeCase,
  { finding, givenAtMs }: FindingGiven,
  repaired: boolean,
): void {
  if (finding === 'too early' || (isTrue(finding) && !repaired)) return;
  const { caseId, monitors } = theCase;
  for (const monitorId of monitors)
    tallyOf(state, monitorId).verdicts.push({ caseId, finding, atMs: givenAtMs });
  if (!isTrue(finding) && !isFalse(finding)) theCase.cost = NO_COST;
}

function spend(state: OutcomeState, theCase: OutcomeCase, cost: WorkCost, by: PersonId): void {
  theCase.cost = {
    hours: theCase.cost.hours + cost.hours,
    partsMinor: theCase.cost.partsMinor + cost.partsMinor,
    downtimeH: theCase.cost.downtimeH + cost.downtimeH,
  };
  if (!theCase.workers.includes(by)) theCase.workers.push(by);
  tallyOf(state, theCase.monitorId).visitH += cost.hours;
}

function evolveEntry(state: OutcomeState, fact: Recorded<OutcomeFact>): void {
  switch (fact.type) {
    case 'outcome.entry-booked': {
      const theCase = state.cases.get(fact.data.caseId) as OutcomeCase;
      state.entries.set(fact.data.entryId, {
        ...fact.data,
        status: 'estimated',
        verifiedBy: null,
        decidedBy: null,
        rejectedBecause: null,
        workers: [...theCase.workers],
      });
      theCase.cost = NO_COST;
      if (fact.data.ledger === 'avoidance') theCase.credited = true;
      return;
    }
    case 'outcome.entry-verified':
      Object.assign(entryOf(state, fact.data.entryId), { status: 'verified', verifiedBy: fact.data.by });
      return;
    case 'outcome.entry-accepted':
      decided(state, fact.data.entryId, 'accepted', fact.data.by, null);
      return;
    case 'outcome.entry-rejected':
      decided(state, fact.data.entryId, 'rejected', fact.data.by, fact.data.reason);
      return;
    default:
      return;
  }
}

function decided(
  state: OutcomeState,
  entryId: string,
  status: EntryStatus,
  decidedBy: PersonId,
  rejectedBecause: string | null,
): void {
  Object.assign(entryOf(state, entryId), { status, decidedBy, rejectedBecause });
}

function entryOf(state: OutcomeState, entryId: string): Entry {
  return state.entries.get(entryId) as Entry;
}

function tallyOf(state: OutcomeState, monitorId: MonitorId): MonitorTally {
  const known = state.tallies.get(monitorId);
  if (known) return known;
  const tally: MonitorTally = { cases: 0, lastAlertMs: null, firstLiveMs: null, verdicts: [], visitH: 0 };
  state.tallies.set(monitorId, tally);
  return tally;
}
