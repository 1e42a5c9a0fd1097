import type { Calculation, EntryStatus, Ledger } from '#outcome/events.ts';
import type { Grade } from '#vocabulary/grade.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import type { Evidence, Finding } from '#work/events.ts';

export interface EntryView {
  entryId: string;
  ledger: Ledger;
  caseId: string;
  monitorId: string;
  title: string;
  amountMinor: number;
  status: EntryStatus;
  statusBy: PersonId | null;
  reason: string | null;
  finding: Finding;
  evidence: Evidence;
  grade: Grade;
  bookedAtMs: number;
  calculation: Calculation;
  mayAccept: boolean;
  mayVerify: boolean;
}

export interface LedgerView {
  ledger: Ledger;
  acceptedMinor: number;
  verifiedMinor: number;
  estimatedMinor: number;
  entries: EntryView[];
}

export interface MonitorResult {
  monitorId: string;
  name: string;
  stated: number;
  judged: number;
  /** Wilson 95 %; null with no finding yet */
  low: number | null;
  high: number | null;
  visitsH: number;
  avoidedMinor: number;
  savedMinor: number;
  proposal: string;
  because: string;
}

export interface ObjectiveResult {
  objectiveId: string;
  name: string;
  unit: string;
  accountable: PersonId | null;
  baseline: number | null;
  target: number | null;
  now: number | null;
  dueMs: number | null;
  words: string;
}

/** What did it bring? Two ledgers, never added up. */
export interface OutcomeView {
  nowMs: number;
  fromMs: number;
  objectives: ObjectiveResult[];
  avoidance: LedgerView;
  savings: LedgerView;
  monitors: MonitorResult[];
}
