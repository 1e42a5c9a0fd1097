/**
 * What the data plane says: the only thing that leaves it.
 * All times are ms since 1970 on the signal's source axis.
 */
export interface StateChange {
  kind: 'raised' | 'cleared' | 'signal-lost' | 'signal-back';
  monitorId: string;
  version: number;
  /** condition start + delay; last accepted + stale limit when lost; the next accepted sample when back */
  atMs: number;
  /** raised: start of the condition; cleared: the sample that ended it; otherwise `atMs` */
  conditionSinceMs: number;
  /** last accepted value at `atMs` */
  value: number;
  /** worst value since the start of the condition; the value itself while none runs */
  extreme: number;
  /** t_P: last accepted reading inside the limit before the condition; null when none was seen */
  lastBelowMs: number | null;
  /** no good sample among those the condition stood on when it was raised */
  uncertainOnly: boolean;
}
