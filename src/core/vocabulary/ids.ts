import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Opaque id of a person; names live in people.db and can be erased without touching the journal. */
export type PersonId = string;
export type AssetId = string;
export type ObjectiveId = string;
export type FailureModeId = string;
export type CrewId = string;
export type JobPlanId = string;
export type SignalId = string;
export type MonitorId = string;
export type AlertId = string;
export type CaseId = string;
export type NotificationId = string;
export type DraftId = string;
export type OrderId = string;
export type EntryId = string;
export type FactId = string;
export type EventId = string;

/**
 * Who caused a fact: a person, a standing rule, a source of samples, the system's own clock, the set-up that loads a
 * plan, or the identity store that counts failed sign-ins.
 * `rule:` names are listed in flow.ts, so that the audit can say which rule acted.
 */
export type Actor =
  | `person:${string}`
  | `rule:${string}`
  | `source:${string}`
  | `connector:${string}`
  | 'system:clock'
  | 'system:setup'
  | 'system:identity'
  /** who may read and write the data folder on the machine itself: the command line beside the plant */
  | 'system:operator';

/**
 * Id of a fact derived from what caused it, so that doing the same input again yields the same id.
 * @param causeId id of the input (command id, or `intake:<seq>`)
 * @param type fact type, for example `work.case-opened`
 * @param ordinal position among the facts of this cause, from 0
 * @returns 32 hexadecimal digits: the first 16 bytes of SHA-256
 */
export function derivedId(site: string, causeId: string, type: string, ordinal: number): FactId {
  const digest = sha256(utf8ToBytes(`${site}\n${causeId}\n${type}\n${ordinal}`));
  return bytesToHex(digest.subarray(0, 16));
}

/** Numbered id of a plant object: site first, so that two sites never share an id. `p1200.C-0412` */
export function numberedId(site: string, prefix: string, n: number): string {
  return `${site}.${prefix}-${String(n).padStart(4, '0')}`;
}

/** Id of an object that people named themselves (asset, monitor, signal): `p1200.P-201`. */
export function namedId(site: string, name: string): string {
  return `${site}.${name}`;
}

/** The part of an id that people read: `C-0412` of `p1200.C-0412`. */
export function shortId(id: string): string {
  const dot = id.indexOf('.');
  return dot < 0 ? id : id.slice(dot + 1);
}
