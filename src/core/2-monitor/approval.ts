import type { Context, Decision } from '#vocabulary/command.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import { refuse } from '#vocabulary/refusal.ts';
import type { DataOf } from './commands.ts';
import { liveGate, missing, trialGate } from './gate.ts';
import { signingTechnicians } from './gate-evidence.ts';
import { makesWork, mayStartTrial, TRIAL_MS, versionInWork } from './lifecycle.ts';
import { budgetFor } from './noise-budget.ts';
import { gateLacks, notOfTheCrew, notTheOwner, ownerDecides, theProposer } from './refusals.ts';
import type { MonitorRecord, MonitorState, MonitorVersion } from './state.ts';

/** Opens the trial door: ten answers, then four weeks without consequences. */
export function startTrial(state: MonitorState, monitor: MonitorRecord, context: Context): Decision {
  const version = versionInWork(monitor);
  if (!version || !mayStartTrial(monitor)) {
    if (monitor.lifecycle === 'trial') return [];
    return refuse(
      'E-MONITOR-030',
      `"${monitor.monitorId}" is ${monitor.lifecycle}; no trial can start from there.`,
      'Send a live monitor back to trial, or change a trial first.',
    );
  }
  const lacks = missing(trialGate(state, monitor.monitorId, version.version));
  if (lacks.length > 0) {
    return refuse(
      'E-GATE-100',
      `The trial of "${version.definition.name}" lacks ${lacks.length} of ten answers.`,
      'Give the answers listed; each says how.',
      lacks,
    );
  }
  const endsAtMs = context.nowMs + TRIAL_MS;
  const data = { monitorId: monitor.monitorId, version: version.version, endsAtMs };
  return [{ type: 'monitor.trial-started', v: 1, data }];
}

/** @returns the version in work when it is `number`, otherwise null: nobody signs what has been replaced */
function inWork(monitor: MonitorRecord, number: number): MonitorVersion | null {
  const version = versionInWork(monitor);
  if (!version || version.version !== number || monitor.lifecycle === 'retired') return null;
  return version;
}

function notInWork(monitor: MonitorRecord, version: number): Decision {
  const now = versionInWork(monitor)?.version;
  return refuse(
    'E-MONITOR-031',
    `Version ${version} of "${monitor.monitorId}" (${monitor.lifecycle}) is not the version in work.`,
    now ? `Use version ${now}.` : 'Draft a monitor first.',
  );
}

/** Nothing waits: the version in work is the live one. */
function isLiveAlready(monitor: MonitorRecord): boolean {
  return makesWork(monitor) && monitor.candidate === null;
}

export function propose(
  monitor: MonitorRecord,
  { version: number }: DataOf<'monitor.propose'>,
  by: PersonId,
): Decision {
  const version = inWork(monitor, number);
  if (!version) return notInWork(monitor, number);
  if (isLiveAlready(monitor) || version.proposedBy === by) return [];
  if (version.proposedBy !== null) {
    return refuse(
      'E-MONITOR-032',
      `Version ${number} was proposed by "${version.proposedBy}" already.`,
      'Sign it off instead.',
    );
  }
  return [{ type: 'monitor.proposed', v: 1, data: { monitorId: monitor.monitorId, version: number, by } }];
}

export function signOff(
  state: MonitorState,
  monitor: MonitorRecord,
  { version: number, as }: DataOf<'monitor.sign-off'>,
  by: PersonId,
): Decision {
  const version = inWork(monitor, number);
  if (!version) return notInWork(monitor, number);
  if (version.proposedBy === null) {
    return refuse(
      'E-MONITOR-033',
      `Version ${number} of "${monitor.monitorId}" has not been proposed.`,
      'Propose it first.',
    );
  }
  const signed = version.signOffs.some((one) => one.by === by);
  if (signed || (as === 'proposer' && by === version.proposedBy)) return [];
  if (by === version.proposedBy) {
    return theProposer(by, 'Have another person sign.');
  }
  const barred = barredAs(state, version, as, by);
  if (barred) return barred;
  return [
    { type: 'monitor.signed-off', v: 1, data: { monitorId: monitor.monitorId, version: number, by, as } },
  ];
}

function barredAs(
  state: MonitorState,
  { definition, proposedBy }: MonitorVersion,
  as: DataOf<'monitor.sign-off'>['as'],
  by: PersonId,
): Decision | null {
  if (as === 'proposer') {
    return refuse(
      'E-MONITOR-035',
      `"${proposedBy}" proposed it, not "${by}".`,
      'Sign as technician or owner.',
    );
  }
  if (as === 'owner' && definition.owner !== by) {
    return notTheOwner(by, 'Sign as technician, or let the owner sign.');
  }
  const technicians = signingTechnicians(state, definition.response?.crewId ?? '');
  if (as === 'technician' && !technicians.has(by)) {
    return notOfTheCrew(
      by,
      'Have one of the people sign who will go there; for a crew of one, a neighbouring crew.',
    );
  }
  return null;
}

/** Opens the live door: the whole gate at once, and the noise budget charged. */
export function activate(
  state: MonitorState,
  monitor: MonitorRecord,
  { version: number }: DataOf<'monitor.activate'>,
  by: PersonId,
  context: Context,
): Decision {
  const version = inWork(monitor, number);
  if (!version) return notInWork(monitor, number);
  if (isLiveAlready(monitor)) return [];
  const items = liveGate(state, monitor.monitorId, number, context.nowMs);
  const lacks = missing(items);
  const budget = budgetFor(state, monitor.monitorId, version);
  if (lacks.length > 0 || !budget) {
    return gateLacks(version.definition.name, items.length - lacks.length, items.length, lacks);
  }
  if (budget.ownerDecides && !ownerStandsBehind(version, by)) {
    return ownerDecides();
  }
  const data = {
    monitorId: monitor.monitorId,
    version: number,
    wastedHPerWeek: budget.waste.hPerWeek,
    crewId: budget.crewId,
  };
  return [{ type: 'monitor.activated', v: 1, data }];
}

/** The owner took the decision that the budget may not take: by signing as owner, or by acting. */
export function ownerStandsBehind({ definition, signOffs }: MonitorVersion, by: PersonId): boolean {
  return definition.owner === by || signOffs.some((one) => one.by === definition.owner);
}
