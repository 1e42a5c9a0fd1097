import type { Command } from '#vocabulary/command.ts';
import type { AlertId, AssetId, CaseId, DraftId, NotificationId, OrderId } from '#vocabulary/ids.ts';
import type { Minor } from '#vocabulary/money.ts';
import type { Evidence, Finding } from './events.ts';

export type RecordNotificationNumber = Command<
  'work.record-notification-number',
  { notificationId: NotificationId; cmmsNumber: string }
>;
/** A person saw a fault. `textRef` refers to their words in people.db; null position and group = cannot tell. */
export type Report = Command<
  'work.report',
  { assetId: AssetId; position: string | null; group: string | null; textRef: string; seenAtMs: number }
>;
/** Copies an open notification of the CMMS, so that it is offered before another one is created. */
export type RecordNotification = Command<
  'work.record-notification',
  { assetId: AssetId; cmmsNumber: string; textRef: string; reportedAtMs: number }
>;
/** Ends a notification that no case has taken. */
export type CloseNotification = Command<
  'work.close-notification',
  { notificationId: NotificationId; reason: string }
>;
/** The same fault: the case takes that notification, or joins the case that has it. */
export type AppendToNotification = Command<
  'work.append-to-notification',
  { caseId: CaseId; notificationId: NotificationId }
>;
/** None of the notifications shown says this fault; `reason` says why. */
export type CreateNotification = Command<'work.create-notification', { caseId: CaseId; reason: string }>;
export type MergeCases = Command<'work.merge-cases', { intoCaseId: CaseId; caseId: CaseId; reason: string }>;
/** `alertIds` leave for a case of their own; the alert that opened the case stays. */
export type SplitCase = Command<'work.split-case', { caseId: CaseId; alertIds: AlertId[]; reason: string }>;
/** `dayMs` is any time of the chosen UTC day; null = the proposed day, which whoever sends the command fills in. */
export type AcceptDraft = Command<'work.accept-draft', { draftId: DraftId; dayMs: number | null }>;
export type RejectDraft = Command<
  'work.reject-draft',
  { draftId: DraftId; finding: Finding; reason: string }
>;
export type ReleaseOrder = Command<'work.release-order', { orderId: OrderId }>;
export type StartOrder = Command<'work.start-order', { orderId: OrderId }>;
export type GiveFinding = Command<
  'work.give-finding',
  {
    caseId: CaseId;
    moment: 'check' | 'as found';
    finding: Finding;
    evidence: Evidence;
    /** only, and always, with `too early` */
    lookAgainMs: number | null;
    /** hours of a check made without an order; on an order they are booked when it is finished */
    hours: number;
    noteRef: string | null;
  }
>;
export type FinishOrder = Command<
  'work.finish-order',
  { orderId: OrderId; actualH: number; partsMinor: Minor; downtimeH: number; repaired: boolean }
>;

export type WorkCommand =
  | RecordNotificationNumber
  | Report
  | RecordNotification
  | CloseNotification
  | AppendToNotification
  | CreateNotification
  | MergeCases
  | SplitCase
  | AcceptDraft
  | RejectDraft
  | ReleaseOrder
  | StartOrder
  | GiveFinding
  | FinishOrder;
