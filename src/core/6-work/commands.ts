import type { Command } from '#vocabulary/command.ts';
import type { CaseId, DraftId, NotificationId, OrderId } from '#vocabulary/ids.ts';
import type { Minor } from '#vocabulary/money.ts';
import type { Evidence, Finding } from './events.ts';

export type RecordNotificationNumber = Command<
  'work.record-notification-number',
  { notificationId: NotificationId; cmmsNumber: string }
>;
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
  | AcceptDraft
  | RejectDraft
  | ReleaseOrder
  | StartOrder
  | GiveFinding
  | FinishOrder;
