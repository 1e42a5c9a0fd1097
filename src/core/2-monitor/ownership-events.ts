import type { FactBody } from '#vocabulary/fact.ts';
import type { AssetId, MonitorId, PersonId } from '#vocabulary/ids.ts';

/** What a standing rule asks of a monitor's owner. */
export type Advice = 'tune' | 'back to trial' | 'retire';

/** What happens when nobody answers in time. */
export type Unanswered = 'takes effect' | 'expires' | 'stays open';

export type AdviceGiven = FactBody<
  'monitor.advice-given',
  {
    monitorId: MonitorId;
    what: Advice;
    /** the sentence that people read beside it */
    because: string;
    dueMs: number;
    unanswered: Unanswered;
  }
>;
export type AdviceAnswered = FactBody<
  'monitor.advice-answered',
  { monitorId: MonitorId; what: Advice; by: PersonId; answer: 'follow' | 'keep'; reason: string }
>;
export type AdviceExpired = FactBody<'monitor.advice-expired', { monitorId: MonitorId; what: Advice }>;
/** Somebody looked at a live monitor and lets it be: asked for every 90 days, and 30 days after a change. */
export type Confirmed = FactBody<'monitor.confirmed', { monitorId: MonitorId; by: PersonId; reason: string }>;
export type HandedOver = FactBody<
  'monitor.handed-over',
  { monitorId: MonitorId; owner: PersonId; because: string }
>;
/** The one renewal of a draft's or trial's claim (promise 1). */
export type ClaimRenewed = FactBody<
  'monitor.claim-renewed',
  { monitorId: MonitorId; endsAtMs: number; by: PersonId; reason: string }
>;
/** A long stop: nothing under the asset is judged from here on. */
export type PutToSleep = FactBody<
  'monitor.put-to-sleep',
  { assetId: AssetId; monitorIds: MonitorId[]; by: PersonId; reason: string }
>;
/** Judged again from here on; until `heldUntilMs` only the highest priority rings. */
export type Woken = FactBody<
  'monitor.woken',
  { assetId: AssetId; monitorIds: MonitorId[]; heldUntilMs: number; by: PersonId }
>;

export type OwnershipFact =
  | AdviceGiven
  | AdviceAnswered
  | AdviceExpired
  | Confirmed
  | HandedOver
  | ClaimRenewed
  | PutToSleep
  | Woken;
