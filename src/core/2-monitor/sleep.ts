// A long stop: everything under an asset sleeps, and wakes by one command; restarts ring less, not more.
import type { Context, Decision } from '#vocabulary/command.ts';
import type { AssetId, MonitorId, PersonId } from '#vocabulary/ids.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { DataOf } from './commands.ts';
import { noReason } from './refusals.ts';
import type { MonitorRecord, MonitorState } from './state.ts';

/** Alerts are held at most this long after a waking. */
export const MAX_HOLD_MS = 3 * DAY_MS;

/** Monitors that watch an asset or what hangs below it, and have something in effect. */
export function monitorsUnder(state: MonitorState, assetId: AssetId): MonitorRecord[] {
  return [...state.monitors.values()].filter((monitor) => {
    if (monitor.inEffect === null || monitor.lifecycle === 'retired') return false;
    const modeId = monitor.versions.get(monitor.inEffect)?.definition.failureModeId ?? '';
    return hangsBelow(state, state.failureModes.get(modeId)?.assetId ?? '', assetId);
  });
}

/** Deeper chains of parents cannot be registered. */
const MAX_DEPTH = 12;

function hangsBelow(state: MonitorState, assetId: AssetId, top: AssetId): boolean {
  let at: AssetId | null = assetId;
  for (let depth = 0; at !== null && depth <= MAX_DEPTH; depth++) {
    if (at === top) return true;
    at = state.assets.get(at)?.parentId ?? null;
  }
  return false;
}

export function putToSleep(
  state: MonitorState,
  { assetId, reason }: DataOf<'monitor.put-to-sleep'>,
  by: PersonId,
): Decision {
  if (!state.assets.has(assetId)) return noAsset(assetId);
  if (reason.trim() === '') {
    return noReason('Say why the line stands, and until when.');
  }
  const awake = monitorsUnder(state, assetId).filter((monitor) => monitor.asleep === null);
  if (awake.length === 0) return [];
  const data = { assetId, monitorIds: awake.map((monitor) => monitor.monitorId), by, reason };
  return [{ type: 'monitor.put-to-sleep', v: 1, data }];
}

export function wake(
  state: MonitorState,
  { assetId, holdMs }: DataOf<'monitor.wake'>,
  by: PersonId,
  { nowMs }: Context,
): Decision {
  if (!state.assets.has(assetId)) return noAsset(assetId);
  if (!(holdMs >= 0 && holdMs <= MAX_HOLD_MS)) {
    return refuse(
      'E-MONITOR-085',
      'Alerts are held for 0 to 72 hours after a restart.',
      'Choose the hours the line needs to run in.',
    );
  }
  const monitorIds: MonitorId[] = monitorsUnder(state, assetId)
    .filter((monitor) => monitor.asleep !== null)
    .map((monitor) => monitor.monitorId);
  if (monitorIds.length === 0) return [];
  const data = { assetId, monitorIds, heldUntilMs: nowMs + holdMs, by };
  return [{ type: 'monitor.woken', v: 1, data }];
}

function noAsset(assetId: AssetId): Refusal {
  return refuse('E-MONITOR-084', `There is no asset "${assetId}".`, 'Take the id from the strategy page.');
}
