import type { AssetId, CaseId } from '#vocabulary/ids.ts';
import type { Priority } from '#vocabulary/priority.ts';
import { HOUR_MS } from '#vocabulary/time.ts';
import { closesAtMs } from './closing.ts';
import type { Candidate, Nearness } from './matching-events.ts';
import type { WorkCase, WorkState } from './state.ts';

/** Somebody says within this time whether an open notification is the same fault, and never after order-by. */
export const SAME_FAULT_WITHIN_MS: Record<Exclude<Priority, 1>, number> = {
  2: 4 * HOUR_MS,
  3: 24 * HOUR_MS,
  4: 24 * HOUR_MS,
};

/** Open notifications shown beside one case; more is a list that nobody reads. */
export const MAX_CANDIDATES = 20;

const NEARNESSES: readonly Nearness[] = ['same object', 'parent', 'child'];

/** How an object stands to another in the asset tree, one step at most; null when they are further apart. */
export function nearness(state: WorkState, assetId: AssetId, other: AssetId): Nearness | null {
  if (assetId === other) return 'same object';
  if (state.assets.get(assetId)?.parentId === other) return 'parent';
  return state.assets.get(other)?.parentId === assetId ? 'child' : null;
}

/**
 * Open notifications on an object, its parent and its children (promise 4): those of the object first, then by age.
 * @param caseId its own notification is left out
 * @param atMs plant time; a case that has nothing left to wait for by then counts as closed
 */
export function candidatesFor(
  state: WorkState,
  assetId: AssetId,
  caseId: CaseId | null,
  atMs: number,
): Candidate[] {
  const found: Candidate[] = [];
  for (const notificationId of state.openNotifications) {
    const notification = state.notifications.get(notificationId);
    if (!notification || (caseId !== null && notification.caseId === caseId)) continue;
    const near = nearness(state, assetId, notification.assetId);
    if (near === null || isOver(state, notification.caseId, atMs)) continue;
    found.push({ notificationId, nearness: near });
  }
  found.sort((a, b) => NEARNESSES.indexOf(a.nearness) - NEARNESSES.indexOf(b.nearness));
  return found.slice(0, MAX_CANDIDATES);
}

function isOver(state: WorkState, caseId: CaseId | null, atMs: number): boolean {
  if (caseId === null) return false;
  return closesAtMs(state.cases.get(caseId) as WorkCase) < atMs;
}
