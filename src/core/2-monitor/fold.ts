import type { PersonLeft } from '#access/events.ts';
import type { StrategyFact } from '#strategy/events.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { AgreementFact } from './agreement-events.ts';
import { evolveAgreement, evolveOwnership, reviewAfter } from './agreement-fold.ts';
import { noteDue } from './deadlines.ts';
import type { MonitorDrafted, MonitorFact } from './events.ts';
import { goLive, propose, sendBack, startTrial } from './lifecycle.ts';
import type { OwnershipFact } from './ownership-events.ts';
import type { MonitorRecord, MonitorState, MonitorVersion } from './state.ts';

type Known = StrategyFact | MonitorFact | PersonLeft;

/** Folds facts of this room and of the strategy. Changes `state` in place. */
export function evolve(state: MonitorState, fact: Recorded): void {
  const known = fact as Recorded<Known>;
  if (known.type.startsWith('strategy.')) learn(state, known as Recorded<StrategyFact>);
  else if (known.type.startsWith('monitor.')) evolveMonitors(state, known as Recorded<MonitorFact>);
  else if (known.type === 'access.person-left') orphan(state, known.data.personId, known.atMs);
}

function learn(state: MonitorState, known: Recorded<StrategyFact>): void {
  switch (known.type) {
    case 'strategy.objective-set':
      state.objectives.set(known.data.objectiveId, known.data);
      noteOrphans(state);
      return;
    case 'strategy.asset-registered':
      state.assets.set(known.data.assetId, known.data);
      return;
    case 'strategy.criticality-assessed':
      state.criticality.set(known.data.assetId, known.data);
      return;
    case 'strategy.failure-mode-described':
      state.failureModes.set(known.data.failureModeId, known.data);
      noteOrphans(state);
      return;
    case 'strategy.crew-formed':
      state.crews.set(known.data.crewId, known.data);
      return;
    case 'strategy.shifts-set':
      state.shifts.set(known.data.crewId, known.data);
      return;
    default:
  }
}

/** Who left owns nothing: his monitors wait for somebody, and nothing passes to him. */
function orphan(state: MonitorState, personId: string, atMs: number): void {
  state.left.add(personId);
  for (const monitor of state.monitors.values()) {
    const version = monitor.versions.get(monitor.inEffect ?? monitor.candidate ?? 0);
    if (version?.definition.owner !== personId || monitor.lifecycle === 'retired') continue;
    monitor.orphanedAtMs = atMs;
  }
  noteOrphans(state);
}

/** Who inherits depends on the objective, its person and the failure mode: each may change while an orphan waits. */
function noteOrphans(state: MonitorState): void {
  for (const monitor of state.monitors.values()) if (monitor.orphanedAtMs !== null) noteDue(state, monitor);
}

function evolveMonitors(state: MonitorState, fact: Recorded<MonitorFact>): void {
  switch (fact.type) {
    case 'monitor.signal-declared':
      state.signals.set(fact.data.signalId, fact.data);
      return;
    case 'monitor.job-plan-written':
      state.jobPlans.set(fact.data.jobPlanId, fact.data);
      return;
    case 'monitor.drafted':
      state.monitors.set(fact.data.monitorId, drafted(fact.data, fact.atMs));
      return;
    case 'monitor.put-to-sleep':
    case 'monitor.woken':
      evolveOwnership(state, fact);
      return;
    case 'monitor.event-marked':
      state.events.set(fact.data.eventId, fact.data);
      return;
    case 'monitor.event-unmarked':
      state.events.delete(fact.data.eventId);
      return;
    default:
      evolveMonitor(state, fact);
  }
}

type LaterFact = Recorded<
  Exclude<
    MonitorFact,
    {
      type: `monitor.${'signal-declared' | 'job-plan-written' | 'drafted' | 'put-to-sleep' | 'woken' | 'event-marked' | 'event-unmarked'}`;
    }
  >
>;

function evolveMonitor(state: MonitorState, fact: LaterFact): void {
  const monitor = state.monitors.get(fact.data.monitorId);
  if (!monitor) return;
  evolveOne(state, monitor, fact);
  noteDue(state, monitor);
}

function evolveOne(state: MonitorState, monitor: MonitorRecord, fact: LaterFact): void {
  switch (fact.type) {
    case 'monitor.changed':
      monitor.versions.set(fact.data.version, versionFrom(fact.data, fact.atMs));
      monitor.candidate = fact.data.version;
      if (monitor.lifecycle === 'under review') monitor.lifecycle = 'live';
      return;
    case 'monitor.backtest-recorded': {
      const version = monitor.versions.get(fact.data.version);
      if (version) version.backtest = fact.data;
      return;
    }
    case 'monitor.trial-started':
      startTrial(monitor, fact.data.version, fact.atMs, fact.data.endsAtMs);
      return;
    case 'monitor.proposed':
      propose(monitor, fact.data.version, fact.data.by, fact.atMs);
      return;
    case 'monitor.signed-off': {
      const { version, by, as } = fact.data;
      monitor.versions.get(version)?.signOffs.push({ by, as, atMs: fact.atMs });
      return;
    }
    case 'monitor.activated':
      goLive(monitor, fact.data.version);
      monitor.reviewDueMs = reviewAfter(monitor, fact.data.version, fact.atMs);
      monitor.charged = { crewId: fact.data.crewId, wastedHPerWeek: fact.data.wastedHPerWeek };
      return;
    case 'monitor.sent-back-to-trial':
      sendBack(monitor, fact.data, fact.atMs);
      return;
    case 'monitor.retired':
      monitor.lifecycle = 'retired';
      monitor.charged = null;
      monitor.retiredBecause = fact.data.reason;
      monitor.advice = [];
      return;
    case 'monitor.advice-given':
    case 'monitor.advice-answered':
    case 'monitor.advice-expired':
    case 'monitor.confirmed':
    case 'monitor.handed-over':
    case 'monitor.claim-renewed':
      evolveOwnership(state, fact satisfies Recorded<OwnershipFact>);
      return;
    default:
      evolveAgreement(monitor, fact satisfies Recorded<AgreementFact>);
  }
}

function drafted(data: MonitorDrafted, atMs: number): MonitorRecord {
  return {
    monitorId: data.monitorId,
    lifecycle: 'draft',
    versions: new Map([[data.version, versionFrom(data, atMs)]]),
    inEffect: null,
    candidate: data.version,
    charged: null,
    retiredBecause: null,
    reviewDueMs: null,
    emergency: null,
    advice: [],
    orphanedAtMs: null,
    claimRenewedToMs: null,
    asleep: null,
    woken: null,
  };
}

function versionFrom(data: MonitorDrafted, atMs: number): MonitorVersion {
  return {
    version: data.version,
    definition: data.definition,
    priority: data.priority,
    draftedBy: data.proposedBy,
    draftedAtMs: atMs,
    reason: data.reason,
    backtest: null,
    trial: null,
    sentBackAtMs: null,
    sentBackBecause: null,
    proposedBy: null,
    proposedAtMs: null,
    signOffs: [],
    review: null,
    standing: false,
    change: null,
    comments: [],
  };
}
