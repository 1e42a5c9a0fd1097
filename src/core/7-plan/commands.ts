import type { Command } from '#vocabulary/command.ts';
import type { OrderId } from '#vocabulary/ids.ts';

/** `dayMs` is any time of the chosen UTC day. */
export type RescheduleOrder = Command<
  'plan.reschedule-order',
  { orderId: OrderId; dayMs: number; reason: string }
>;

export type PlanCommand = RescheduleOrder;
