import type { MonitorId, SignalId } from '#vocabulary/ids.ts';
import type { HistoryImported, InputSetAside, Round, SamplesExpired } from './events.ts';

export interface Claim {
  signalId: SignalId;
  monitorId: MonitorId;
  /** a draft's or trial's claim ends then; null while the monitor is proposed or live */
  endsAtMs: number | null;
}

export interface KnownVersions {
  inEffect: number | null;
  newest: number;
  signals: Map<number, SignalId[]>;
}

export interface AcquireState {
  /** which version of a monitor looks at what, folded from stage 2 */
  versions: Map<MonitorId, KnownVersions>;
  /** signals of each monitor's version in effect, its own first, then those of the newest version */
  signalsOf: Map<MonitorId, SignalId[]>;
  /** claims by `claimWord` */
  claims: Map<string, Claim>;
  /** place of a signal on the data plane; once given it is kept for the life of the site */
  index: Map<SignalId, number>;
  signalAt: SignalId[];
  /** imports that stand, by id */
  imports: Map<string, HistoryImported['data']>;
  /** ids of imports that were undone */
  removedImports: Set<string>;
  /** up to where single readings are dropped; null while all are kept */
  expired: SamplesExpired['data'] | null;
  setAside: InputSetAside['data'][];
  /** signals that people read by hand, folded from stage 2, with their usual interval */
  handSignals: Map<SignalId, { unit: string; usualIntervalMs: number }>;
  rounds: Map<string, Round>;
  /** when each hand-reading signal was last read, source time ms */
  lastReadMs: Map<SignalId, number>;
}

export function claimWord(monitorId: MonitorId, signalId: SignalId): string {
  return `${monitorId}\n${signalId}`;
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
