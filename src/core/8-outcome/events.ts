import type { Evidence, Finding } from '#work/events.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import type { Grade } from '#vocabulary/grade.ts';
import type { CaseId, EntryId, MonitorId, OrderId, PersonId } from '#vocabulary/ids.ts';
import type { Minor } from '#vocabulary/money.ts';

/** Cost avoided and money saved are two ledgers and never added up. */
export type Ledger = 'avoidance' | 'savings';
export type EntryStatus = 'estimated' | 'verified' | 'accepted' | 'rejected';

/** Every factor of `domain.md` 4.5, so that finance can follow the figure. */
export interface Calculation {
  formula: 'avoided-v1' | 'needless-work-v1';
  pLate: number;
  pCaught: number;
  share: number;
  unplannedMinor: Minor;
  plannedMinor: Minor;
  /** booked was cut to what the failure mode lost a year before monitoring */
  capped: boolean;
  hours: number;
  rateMinorPerH: Minor;
  partsMinor: Minor;
  downtimeH: number;
  stopHourMinor: Minor;
}

export interface EntryBooked {
  entryId: EntryId;
  ledger: Ledger;
  caseId: CaseId;
  /** the finished order it stands for; null for a check made without one */
  orderId: OrderId | null;
  monitorId: MonitorId;
  /** positive = credit, negative = debit */
  amountMinor: Minor;
  calculation: Calculation;
  finding: Finding;
  evidence: Evidence;
  /** weakest grade of any factor: an assumed one is never accepted */
  grade: Grade;
  bookedAtMs: number;
}

export type EntryBookedFact = FactBody<'outcome.entry-booked', EntryBooked>;
export type EntryVerified = FactBody<'outcome.entry-verified', { entryId: EntryId; by: PersonId }>;
export type EntryAccepted = FactBody<'outcome.entry-accepted', { entryId: EntryId; by: PersonId }>;
export type EntryRejected = FactBody<
  'outcome.entry-rejected',
  { entryId: EntryId; by: PersonId; reason: string }
>;

export type OutcomeFact = EntryBookedFact | EntryVerified | EntryAccepted | EntryRejected;
