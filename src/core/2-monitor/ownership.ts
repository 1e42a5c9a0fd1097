// Who answers for a monitor, and that somebody looks at it: hand-over, confirmation, the one renewal of a claim.
import type { Context, Decision } from '#vocabulary/command.ts';
import { CLAIM_MS } from '#vocabulary/claim.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import { refuse } from '#vocabulary/refusal.ts';
import type { DataOf } from './commands.ts';
import { makesWork, versionInWork } from './lifecycle.ts';
import { noReason, notLive } from './refusals.ts';
import type { MonitorRecord, MonitorState } from './state.ts';

export function handOver(
  state: MonitorState,
  monitor: MonitorRecord,
  { owner, reason }: DataOf<'monitor.hand-over'>,
): Decision {
  const before = versionInWork(monitor)?.definition.owner;
  if (monitor.lifecycle === 'retired' || before === owner) return [];
  if (reason.trim() === '' || owner.trim() === '' || state.left.has(owner)) {
    return refuse(
      'E-MONITOR-081',
      state.left.has(owner) ? `"${owner}" has left.` : 'A hand-over names a person and a reason.',
      'Name somebody who belongs to the plant, and say why.',
    );
  }
  const data = { monitorId: monitor.monitorId, owner, because: reason };
  return [{ type: 'monitor.handed-over', v: 1, data }];
}

/** Somebody looked at a live monitor and lets it be. */
export function confirm(monitor: MonitorRecord, reason: string, by: PersonId): Decision {
  if (!makesWork(monitor)) {
    return notLive(monitor, 'Only a live monitor is confirmed.');
  }
  if (reason.trim() === '') {
    return noReason('Say what you looked at.');
  }
  return [{ type: 'monitor.confirmed', v: 1, data: { monitorId: monitor.monitorId, by, reason } }];
}

/** A draft or a trial holds its signal 90 days more, once, with a reason (promise 1). */
export function renewClaim(
  monitor: MonitorRecord,
  reason: string,
  by: PersonId,
  { nowMs }: Context,
): Decision {
  if (monitor.lifecycle !== 'draft' && monitor.lifecycle !== 'trial') {
    return refuse(
      'E-MONITOR-082',
      `"${monitor.monitorId}" is ${monitor.lifecycle}; only a draft or a trial holds its signal for a time.`,
      'Nothing is left to do.',
    );
  }
  if (monitor.claimRenewedToMs !== null) {
    return refuse(
      'E-MONITOR-083',
      `The claim of "${monitor.monitorId}" was renewed once already.`,
      'Propose the monitor, or retire it.',
    );
  }
  if (reason.trim() === '') {
    return noReason('Say what the next 90 days are for.');
  }
  const version = versionInWork(monitor);
  const fromMs = version?.trial?.startedAtMs ?? monitor.versions.get(1)?.draftedAtMs ?? nowMs;
  const endsAtMs = Math.max(nowMs, fromMs + CLAIM_MS) + CLAIM_MS;
  const data = { monitorId: monitor.monitorId, endsAtMs, by, reason };
  return [{ type: 'monitor.claim-renewed', v: 1, data }];
}
