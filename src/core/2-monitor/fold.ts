import type { StrategyFact } from '#strategy/events.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { MonitorDrafted, MonitorFact } from './events.ts';
import { goLive, propose, sendBack, startTrial } from './lifecycle.ts';
import type { MonitorRecord, MonitorState, MonitorVersion } from './state.ts';

/** Folds facts of this room and of the strategy. Changes `state` in place. */
export function evolve(state: MonitorState, fact: Recorded): void {
  const known = fact as Recorded<StrategyFact | MonitorFact>;
  switch (known.type) {
    case 'strategy.objective-set':
      state.objectives.set(known.data.objectiveId, known.data);
      return;
    case 'strategy.asset-registered':
      state.assets.set(known.data.assetId, known.data);
      return;
    case 'strategy.criticality-assessed':
      state.criticality.set(known.data.assetId, known.data);
      return;
    case 'strategy.failure-mode-described':
      state.failureModes.set(known.data.failureModeId, known.data);
      return;
    case 'strategy.crew-formed':
      state.crews.set(known.data.crewId, known.data);
      return;
    case 'monitor.signal-declared':
      state.signals.set(known.data.signalId, known.data);
      return;
    case 'monitor.job-plan-written':
      state.jobPlans.set(known.data.jobPlanId, known.data);
      return;
    case 'monitor.drafted':
      state.monitors.set(known.data.monitorId, drafted(known.data, known.atMs));
      return;
    case 'monitor.event-marked':
      state.events.set(known.data.eventId, known.data);
      return;
    case 'monitor.event-unmarked':
      state.events.delete(known.data.eventId);
      return;
    case 'strategy.plant-described':
      return;
    default:
      evolveMonitor(state, known);
  }
}

type LaterFact = Recorded<
  Exclude<
    MonitorFact,
    {
      type: `monitor.${'signal-declared' | 'job-plan-written' | 'drafted' | 'event-marked' | 'event-unmarked'}`;
    }
  >
>;

function evolveMonitor(state: MonitorState, fact: LaterFact): void {
  const monitor = fact.type.startsWith('monitor.') ? state.monitors.get(fact.data.monitorId) : undefined;
  if (!monitor) return;
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
      propose(monitor, fact.data.version, fact.data.by);
      return;
    case 'monitor.signed-off': {
      const { version, by, as } = fact.data;
      monitor.versions.get(version)?.signOffs.push({ by, as, atMs: fact.atMs });
      return;
    }
    case 'monitor.activated':
      goLive(monitor, fact.data.version);
      monitor.charged = { crewId: fact.data.crewId, wastedHPerWeek: fact.data.wastedHPerWeek };
      return;
    case 'monitor.sent-back-to-trial':
      sendBack(monitor, fact.data.version, fact.atMs, fact.data.endsAtMs);
      return;
    case 'monitor.retired':
      monitor.lifecycle = 'retired';
      monitor.charged = null;
      monitor.retiredBecause = fact.data.reason;
      return;
    default:
      return;
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
    proposedBy: null,
    signOffs: [],
  };
}
