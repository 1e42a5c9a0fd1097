// Where the readings of a signal rest: what this site received, and the imports that stand.
import { importsOf } from '#acquire/history.ts';
import type { AcquireState } from '#acquire/state.ts';
import type { SignalId } from '#vocabulary/ids.ts';
import type { Resting } from './archive-past.ts';

/** Place of a signal that was never claimed: nothing was ever received for it. */
const NO_SIGNAL = 0xffff_ffff;

export function restingOf(acquire: AcquireState, signalId: SignalId): Resting {
  const imports = importsOf(acquire, signalId).map(({ importId, fromMs, toMs }) => ({
    importId,
    fromMs,
    toMs,
  }));
  return { signal: acquire.index.get(signalId) ?? NO_SIGNAL, imports };
}
