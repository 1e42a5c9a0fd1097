import type { Command } from '#vocabulary/command.ts';
import type { EventId, MonitorId } from '#vocabulary/ids.ts';
import type { BacktestRecord, JobPlan, MarkedEvent, MonitorDefinition, Signal } from './events.ts';
import type { SignOffAs } from './state.ts';

export type MonitorCommand =
  | Command<'monitor.declare-signal', Signal>
  | Command<'monitor.write-job-plan', JobPlan>
  | Command<'monitor.draft', { monitorId: MonitorId; definition: MonitorDefinition; reason: string }>
  /** makes a new version; what is in effect goes on being judged until the new one is activated */
  | Command<'monitor.change', { monitorId: MonitorId; definition: MonitorDefinition; reason: string }>
  | Command<'monitor.mark-event', MarkedEvent>
  | Command<'monitor.unmark-event', { eventId: EventId }>
  | Command<'monitor.record-backtest', BacktestRecord>
  | Command<'monitor.start-trial', { monitorId: MonitorId }>
  | Command<'monitor.propose', { monitorId: MonitorId; version: number }>
  | Command<'monitor.sign-off', { monitorId: MonitorId; version: number; as: SignOffAs }>
  | Command<'monitor.activate', { monitorId: MonitorId; version: number }>
  | Command<'monitor.send-back-to-trial', { monitorId: MonitorId; reason: string }>
  | Command<'monitor.retire', { monitorId: MonitorId; reason: string }>;

export type DataOf<T extends MonitorCommand['type']> = Extract<MonitorCommand, { type: T }>['data'];
