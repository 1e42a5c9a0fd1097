import type { FactBody } from '#vocabulary/fact.ts';
import type { MonitorId, SignalId } from '#vocabulary/ids.ts';

export interface DetectRaised {
  monitorId: MonitorId;
  version: number;
  signalId: SignalId;
  /** start of the condition + on-delay, source time */
  raisedAtMs: number;
  conditionSinceMs: number;
  value: number;
  extreme: number;
  /** last accepted reading inside the limit before the condition: P happened after it; null when none was seen */
  lastInsideMs: number | null;
  /** only uncertain samples held the condition: cannot alone raise P1 or P2 */
  uncertainOnly: boolean;
}

export type Raised = FactBody<'detect.raised', DetectRaised>;
export type Cleared = FactBody<
  'detect.cleared',
  { monitorId: MonitorId; version: number; clearedAtMs: number; extreme: number }
>;
export type SignalLost = FactBody<
  'detect.signal-lost',
  { monitorId: MonitorId; version: number; signalId: SignalId; sinceMs: number }
>;
export type SignalBack = FactBody<
  'detect.signal-back',
  { monitorId: MonitorId; version: number; signalId: SignalId; atMs: number }
>;

export type DetectFact = Raised | Cleared | SignalLost | SignalBack;
