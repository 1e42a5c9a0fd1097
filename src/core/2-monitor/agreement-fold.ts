import type { Recorded } from '#vocabulary/fact.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { AgreementFact } from './agreement-events.ts';
import { goLive, propose } from './lifecycle.ts';
import type { OwnershipFact } from './ownership-events.ts';
import type { MonitorRecord, MonitorState, MonitorVersion } from './state.ts';

/** Somebody looks at a change after this long, and at every live monitor at least this often. */
const CHANGE_REVIEW_MS = 30 * DAY_MS;
export const REVIEW_MS = 90 * DAY_MS;

/** When the version just activated is looked at: a change sooner than a first version. */
export function reviewAfter(monitor: MonitorRecord, version: number, atMs: number): number {
  return atMs + (monitor.versions.get(version)?.change ? CHANGE_REVIEW_MS : REVIEW_MS);
}

/** Folds how people agree on a version. Changes `monitor` in place. */
export function evolveAgreement(monitor: MonitorRecord, fact: Recorded<AgreementFact>): void {
  const version = monitor.versions.get(fact.data.version);
  if (!version) return;
  switch (fact.type) {
    case 'monitor.review-opened':
      version.review = { episodes: fact.data.episodes, signed: [] };
      return;
    case 'monitor.review-signed': {
      const { by, agreed, of } = fact.data;
      version.review?.signed.push({ by, agreed, of });
      if (fact.data.commentRef !== null)
        version.comments.push({ by, textRef: fact.data.commentRef, atMs: fact.atMs });
      return;
    }
    case 'monitor.commented':
      version.comments.push({ by: fact.data.by, textRef: fact.data.textRef, atMs: fact.atMs });
      return;
    case 'monitor.proposal-expired':
      expire(monitor, version, fact.data.backTo);
      return;
    default:
      evolveChange(monitor, version, fact);
  }
}

type ChangeFact = Exclude<
  AgreementFact,
  {
    type:
      | 'monitor.review-opened'
      | 'monitor.review-signed'
      | 'monitor.commented'
      | 'monitor.proposal-expired';
  }
>;

function evolveChange(monitor: MonitorRecord, version: MonitorVersion, fact: Recorded<ChangeFact>): void {
  switch (fact.type) {
    case 'monitor.change-requested': {
      const { from, by, dataFromMs, dataToMs, direction, emergency } = fact.data;
      const asked = { from, by, dataFromMs, dataToMs, direction, emergency };
      const waiting = { consentBy: null, comparison: null, effectiveMs: null, emergencyFromMs: null };
      version.change = { ...asked, ...waiting };
      propose(monitor, version.version, by, fact.atMs);
      monitor.advice = monitor.advice.filter((one) => one.what !== 'tune');
      return;
    }
    case 'monitor.change-compared':
      if (version.change) version.change.comparison = fact.data;
      return;
    case 'monitor.consent-given':
      if (version.change) version.change.consentBy = fact.data.by;
      return;
    case 'monitor.change-approved':
      if (version.change) version.change.effectiveMs = fact.data.effectiveMs;
      return;
    case 'monitor.rolled-back':
      goLive(monitor, fact.data.to);
      return;
    case 'monitor.emergency-started': {
      const { backTo, untilMs } = fact.data;
      monitor.emergency = { version: version.version, backTo, untilMs };
      version.standing = false;
      if (version.change) version.change.emergencyFromMs = fact.atMs;
      waits(monitor, version.version);
      return;
    }
    case 'monitor.emergency-ended': {
      const newer = monitor.versions.get(monitor.candidate ?? version.version);
      if (!newer || newer === version) waits(monitor, version.version);
      else if (newer.proposedBy !== null) monitor.lifecycle = 'under review';
      return;
    }
    default:
  }
}

/** The version goes on waiting for the second person while another one, or itself for a time, is in effect. */
function waits(monitor: MonitorRecord, version: number): void {
  monitor.candidate = version;
  monitor.lifecycle = 'under review';
}

function expire(monitor: MonitorRecord, version: MonitorVersion, backTo: 'draft' | 'trial' | 'live'): void {
  version.proposedBy = null;
  version.proposedAtMs = null;
  version.signOffs = [];
  monitor.lifecycle = backTo;
  if (backTo === 'draft') {
    monitor.inEffect = null;
    monitor.candidate = version.version;
  } else if (monitor.candidate === version.version) {
    monitor.candidate = null;
  }
}

/** Folds who answers for a monitor and whether it is awake. Changes `state` in place. */
export function evolveOwnership(state: MonitorState, fact: Recorded<OwnershipFact>): void {
  if (fact.type === 'monitor.put-to-sleep') {
    const { assetId, reason, monitorIds } = fact.data;
    for (const monitor of known(state, monitorIds)) {
      monitor.asleep = { assetId, sinceMs: fact.atMs, reason };
      monitor.woken = null;
    }
    return;
  }
  if (fact.type === 'monitor.woken') {
    const { assetId, heldUntilMs, monitorIds } = fact.data;
    for (const monitor of known(state, monitorIds)) {
      monitor.asleep = null;
      monitor.woken = { assetId, atMs: fact.atMs, heldUntilMs };
    }
    return;
  }
  const monitor = state.monitors.get(fact.data.monitorId);
  if (monitor) evolveOwned(monitor, fact);
}

function known(state: MonitorState, monitorIds: readonly string[]): MonitorRecord[] {
  return monitorIds.flatMap((monitorId) => state.monitors.get(monitorId) ?? []);
}

type OwnedFact = Exclude<OwnershipFact, { type: 'monitor.put-to-sleep' | 'monitor.woken' }>;

function evolveOwned(monitor: MonitorRecord, fact: Recorded<OwnedFact>): void {
  switch (fact.type) {
    case 'monitor.advice-given': {
      const { what, because, dueMs, unanswered } = fact.data;
      const others = monitor.advice.filter((one) => one.what !== what);
      monitor.advice = [...others, { what, because, givenAtMs: fact.atMs, dueMs, unanswered }];
      return;
    }
    case 'monitor.advice-answered':
    case 'monitor.advice-expired':
      monitor.advice = monitor.advice.filter((one) => one.what !== fact.data.what);
      return;
    case 'monitor.confirmed':
      monitor.reviewDueMs = fact.atMs + REVIEW_MS;
      return;
    case 'monitor.handed-over':
      monitor.orphanedAtMs = null;
      for (const version of monitor.versions.values())
        version.definition = { ...version.definition, owner: fact.data.owner };
      return;
    case 'monitor.claim-renewed':
      monitor.claimRenewedToMs = fact.data.endsAtMs;
      return;
    default:
  }
}
