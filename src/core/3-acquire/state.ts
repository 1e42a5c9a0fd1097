import type { MonitorId, SignalId } from '#vocabulary/ids.ts';
import type { HistoryImported, InputSetAside, Round } from './events.ts';

export interface Claim {
  signalId: SignalId;
  monitorId: MonitorId;
  /** a draft's or trial's claim ends then; null while the monitor is proposed or live */
  endsAtMs: number | null;
}

export interface AcquireState {
  /** signal of each monitor's version in work, folded from stage 2 */
  signalOf: Map<MonitorId, SignalId>;
  /** claims by `monitorId` */
  claims: Map<MonitorId, Claim>;
  /** place of a signal on the data plane; once given it is kept for the life of the site */
  index: Map<SignalId, number>;
  signalAt: SignalId[];
  imports: HistoryImported['data'][];
  setAside: InputSetAside['data'][];
  /** signals that people read by hand, folded from stage 2, with their usual interval */
  handSignals: Map<SignalId, { unit: string; usualIntervalMs: number }>;
  rounds: Map<string, Round>;
  /** when each hand-reading signal was last read, source time ms */
  lastReadMs: Map<SignalId, number>;
}

/** Signals that at least one monitor claims, with their place on the data plane. */
export function claimedSignals(state: AcquireState): Map<SignalId, number> {
  const claimed = new Map<SignalId, number>();
  for (const claim of state.claims.values()) {
    const index = state.index.get(claim.signalId);
    if (index !== undefined) claimed.set(claim.signalId, index);
  }
  return claimed;
}
