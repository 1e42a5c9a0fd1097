// Facts about notifications that people bring, and about cases that are put together or taken apart.
import type { FactBody } from '#vocabulary/fact.ts';
import type { AlertId, AssetId, CaseId, MonitorId, NotificationId, PersonId } from '#vocabulary/ids.ts';

/** Why an open notification is shown beside a case: where its object stands to the case's own. */
export type Nearness = 'same object' | 'parent' | 'child';

export interface Candidate {
  notificationId: NotificationId;
  nearness: Nearness;
}

/** Who saw the fault first: a report made before the first alert takes the credit from the monitor. */
export type FirstSeenBy = 'monitor' | 'operator';

/** What a person saw, told without a monitor. */
export interface NotificationReported {
  notificationId: NotificationId;
  assetId: AssetId;
  /** of a failure mode of the object; null when the person cannot tell */
  position: string | null;
  group: string | null;
  /** reference to the person's words in people.db */
  textRef: string;
  by: PersonId;
  seenAtMs: number;
  reportedAtMs: number;
}

/** An open notification of the plant's CMMS, copied here so that it can be offered. */
export interface NotificationRecorded {
  notificationId: NotificationId;
  assetId: AssetId;
  cmmsNumber: string;
  /** reference to its short text in people.db: people write them */
  textRef: string;
  by: PersonId;
  reportedAtMs: number;
}

/** Two cases of one fault become one: all that hung on the second hangs on the first from here on. */
export interface CasesMerged {
  intoCaseId: CaseId;
  caseId: CaseId;
  by: PersonId;
  reason: string;
}

/** Alerts that belong to another fault leave for a case of their own, which was opened just before. */
export interface CaseSplit {
  caseId: CaseId;
  splitCaseId: CaseId;
  alertIds: AlertId[];
  /** monitors that have no alert left in `caseId` */
  leaving: MonitorId[];
  by: PersonId;
  reason: string;
}

export type NotificationReportedFact = FactBody<'work.notification-reported', NotificationReported>;
export type NotificationRecordedFact = FactBody<'work.notification-recorded', NotificationRecorded>;
/** Open notifications that may say the same fault; somebody answers by then, or one more is created. */
export type NotificationOffered = FactBody<
  'work.notification-offered',
  { caseId: CaseId; candidates: Candidate[]; answerByMs: number }
>;
/** The same fault: the case takes that notification. */
export type NotificationAppended = FactBody<
  'work.notification-appended',
  {
    caseId: CaseId;
    notificationId: NotificationId;
    by: PersonId;
    firstSeenBy: FirstSeenBy;
    /** what the monitor saw, to be added to the notification's text */
    longText: string;
  }
>;
/** Not the same fault, or nobody said so in time: the case gets a notification of its own. */
export type OfferDeclined = FactBody<
  'work.offer-declined',
  { caseId: CaseId; by: PersonId | null; reason: string }
>;
/** Ended by a person, or as a duplicate; one of a case otherwise ends with its case. */
export type NotificationClosed = FactBody<
  'work.notification-closed',
  {
    notificationId: NotificationId;
    by: PersonId;
    reason: string;
    duplicateOf: NotificationId | null;
    closedAtMs: number;
  }
>;
export type CasesMergedFact = FactBody<'work.cases-merged', CasesMerged>;
export type CaseSplitFact = FactBody<'work.case-split', CaseSplit>;

/** Facts of this file; `events.ts` lists them with the others. */
export type MatchingFact =
  | NotificationReportedFact
  | NotificationRecordedFact
  | NotificationOffered
  | NotificationAppended
  | OfferDeclined
  | NotificationClosed
  | CasesMergedFact
  | CaseSplitFact;
