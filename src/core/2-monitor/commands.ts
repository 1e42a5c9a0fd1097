import type { Command } from '#vocabulary/command.ts';
import type { MonitorId, PersonId } from '#vocabulary/ids.ts';
import type { BacktestRecord, JobPlan, MonitorDefinition, Signal } from './events.ts';
import type { SignOffAs } from './state.ts';

export type MonitorCommand =
  | Command<'monitor.declare-signal', Signal>
  | Command<'monitor.write-job-plan', JobPlan>
  /** @param proposedBy who stands behind a draft that the loading of a plan makes; a person drafts in their own name */
  | Command<
      'monitor.draft',
      { monitorId: MonitorId; definition: MonitorDefinition; reason: string; proposedBy?: PersonId }
    >
  /** makes a new version; what is in effect goes on being judged until the new one is activated */
  | Command<'monitor.change', { monitorId: MonitorId; definition: MonitorDefinition; reason: string }>
  | Command<'monitor.record-backtest', BacktestRecord>
  | Command<'monitor.start-trial', { monitorId: MonitorId }>
  | Command<'monitor.propose', { monitorId: MonitorId; version: number }>
  | Command<'monitor.sign-off', { monitorId: MonitorId; version: number; as: SignOffAs }>
  | Command<'monitor.activate', { monitorId: MonitorId; version: number }>
  | Command<'monitor.send-back-to-trial', { monitorId: MonitorId; reason: string }>
  | Command<'monitor.retire', { monitorId: MonitorId; reason: string }>;

export type DataOf<T extends MonitorCommand['type']> = Extract<MonitorCommand, { type: T }>['data'];
