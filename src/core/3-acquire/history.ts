// A plant's own past: which recorded files may be imported for which signal.
import type { Context, Decision } from '#vocabulary/command.ts';
import type { SignalId } from '#vocabulary/ids.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { FUTURE_TOLERANCE_MS, isoUtc } from '#vocabulary/time.ts';
import type { HistoryImported } from './events.ts';
import type { AcquireState } from './state.ts';

type Import = HistoryImported['data'];

/** Imports that may stand for one signal: a file a month for eight years. */
export const MAX_IMPORTS_PER_SIGNAL = 100;

/** Imports that stand for a signal, earliest first. */
export function importsOf(state: AcquireState, signalId: SignalId): Import[] {
  return [...state.imports.values()]
    .filter((one) => one.signalId === signalId)
    .sort((a, b) => a.fromMs - b.fromMs);
}

/** No orphan data: a past is kept only for a signal that a monitor watches, or that a draft names. */
export function mayImport(state: AcquireState, signalId: SignalId): Refusal | null {
  for (const claim of state.claims.values()) {
    if (claim.signalId === signalId || state.signalsOf.get(claim.monitorId)?.includes(signalId)) return null;
  }
  return refuse(
    'E-ACQUIRE-002',
    `No monitor claims the signal "${signalId}", so nothing of it is kept.`,
    'Draft a monitor on it first; signals that are claimed are listed on the page of sources.',
  );
}

/** @returns [] when the same file was imported for the signal already */
export function importHistory(state: AcquireState, data: Import, context: Context): Decision {
  const unclaimed = mayImport(state, data.signalId);
  if (unclaimed) return unclaimed;
  if (!(data.rows > 0 && data.toMs >= data.fromMs)) {
    return refuse(
      'E-ACQUIRE-003',
      'The file holds no reading with a time.',
      'Check the names of the columns, and that the file has rows.',
    );
  }
  if (data.toMs > context.nowMs + FUTURE_TOLERANCE_MS) {
    return refuse(
      'E-ACQUIRE-004',
      `The file ends at ${isoUtc(data.toMs)}, which has not come yet.`,
      'Check the time zone and the order of day and month.',
    );
  }
  const standing = importsOf(state, data.signalId);
  if (standing.some((one) => one.fileHash === data.fileHash)) return [];
  const other = standing.find((one) => one.fromMs <= data.toMs && one.toMs >= data.fromMs);
  if (other) {
    return refuse(
      'E-ACQUIRE-005',
      `The file lies across the import ${other.importId}, which covers ${isoUtc(other.fromMs)} to ${isoUtc(other.toMs)}.`,
      'Remove that import first, or cut the file so that each time is imported once.',
    );
  }
  if (standing.length >= MAX_IMPORTS_PER_SIGNAL) {
    return refuse(
      'E-ACQUIRE-006',
      `${MAX_IMPORTS_PER_SIGNAL} imports stand for "${data.signalId}"; one more is refused.`,
      'Remove some and import their readings as one file.',
    );
  }
  return [{ type: 'acquire.history-imported', v: 2, data }];
}

/** @returns [] when it was removed already */
export function removeHistory(state: AcquireState, importId: string): Decision {
  if (state.removedImports.has(importId)) return [];
  if (!state.imports.has(importId)) {
    return refuse(
      'E-ACQUIRE-007',
      `There is no import "${importId}".`,
      'Check the id; the page of sources lists the imports that stand.',
    );
  }
  return [{ type: 'acquire.history-removed', v: 1, data: { importId } }];
}
