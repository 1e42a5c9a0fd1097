/** What stands on the line after a recorded run. */
export interface Counts {
  alerts: number;
  notifications: number;
  drafts: number;
  workOrders: number;
  scheduled: number;
  finished: number;
  /** cases with a finding */
  findings: number;
  credits: number;
  debits: number;
  /** alerts whose line is not whole, in words */
  broken: string[];
}

/** What `demo --data --headless --json` prints. */
export interface RecordedResult extends Omit<Counts, 'broken'> {
  samples: number;
  /** from the publish of the message to its notification on disk, machine time; null without notifications */
  sampleToNotificationMs: { p50: number; p99: number } | null;
  journalFacts: number;
  auditOk: boolean;
  replayEqual: boolean;
}
