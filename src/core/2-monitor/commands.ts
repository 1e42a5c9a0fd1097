import type { Command } from '#vocabulary/command.ts';
import type { AssetId, EventId, MonitorId, PersonId } from '#vocabulary/ids.ts';
import type { KnownEpisode } from './agreement-events.ts';
import type { BacktestRecord, JobPlan, MarkedEvent, MonitorDefinition, Signal } from './events.ts';
import type { Advice } from './ownership-events.ts';
import type { SignOffAs } from './state.ts';

interface OfVersion {
  monitorId: MonitorId;
  version: number;
}

interface Reasoned {
  monitorId: MonitorId;
  reason: string;
}

type DefinitionCommand =
  | Command<'monitor.declare-signal', Signal>
  | Command<'monitor.write-job-plan', JobPlan>
  /** @param proposedBy who stands behind a draft that the loading of a plan makes; a person drafts in their own name */
  | Command<
      'monitor.draft',
      { monitorId: MonitorId; definition: MonitorDefinition; reason: string; proposedBy?: PersonId }
    >
  /** makes a new version; what is in effect goes on being judged until the new one is activated */
  | Command<'monitor.change', { monitorId: MonitorId; definition: MonitorDefinition; reason: string }>
  | Command<'monitor.mark-event', MarkedEvent>
  | Command<'monitor.unmark-event', { eventId: EventId }>
  | Command<'monitor.record-backtest', BacktestRecord>
  | Command<'monitor.start-trial', { monitorId: MonitorId }>
  | Command<'monitor.propose', OfVersion>
  | Command<'monitor.sign-off', OfVersion & { as: SignOffAs }>
  | Command<'monitor.activate', OfVersion>
  | Command<'monitor.send-back-to-trial', Reasoned>
  | Command<'monitor.retire', Reasoned>;

interface Change extends Reasoned {
  definition: MonitorDefinition;
  /** history that the change is judged on, ms since 1970 */
  dataFromMs: number;
  dataToMs: number;
}

type AgreementCommand =
  | Command<'monitor.open-review', OfVersion & { episodes: KnownEpisode[] }>
  /** counts only: single answers never leave the hand that gave them */
  | Command<'monitor.sign-review', OfVersion & { agreed: number; of: number; commentRef: string | null }>
  | Command<'monitor.request-change', Change & { emergency: boolean }>
  /** a technician's own limit, in place of the one proposed or in effect */
  | Command<'monitor.counter-propose', Change>
  | Command<'monitor.compare-versions', OfVersion & { before: BacktestRecord; after: BacktestRecord }>
  | Command<'monitor.comment', OfVersion & { textRef: string }>
  | Command<'monitor.approve-change', OfVersion & { effectiveMs: number }>
  | Command<'monitor.consent', OfVersion>
  | Command<'monitor.roll-back', Reasoned>;

type OwnershipCommand =
  /** a standing rule asks the owner */
  | Command<'monitor.advise', { monitorId: MonitorId; what: Advice; because: string }>
  | Command<'monitor.answer-advice', Reasoned & { what: Advice; answer: 'follow' | 'keep' }>
  | Command<'monitor.confirm', Reasoned>
  | Command<'monitor.hand-over', Reasoned & { owner: PersonId }>
  | Command<'monitor.renew-claim', Reasoned>
  | Command<'monitor.put-to-sleep', { assetId: AssetId; reason: string }>
  | Command<'monitor.wake', { assetId: AssetId; holdMs: number }>;

export type MonitorCommand = DefinitionCommand | AgreementCommand | OwnershipCommand;

export type DataOf<T extends MonitorCommand['type']> = Extract<MonitorCommand, { type: T }>['data'];
