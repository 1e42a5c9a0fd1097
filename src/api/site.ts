import type { SiteState } from '#core/flow.ts';
import type { SignalReadings } from '#core/sense-readings.ts';
import type { LibraryEntry } from '#ports/library.ts';
import type { Series } from '#ports/samples.ts';
import type { SourceStatus } from '#ports/source.ts';
import type { Identity } from '#ports/identity.ts';
import type { Designed, DesignDesk } from '#ports/design-desk.ts';
import type { DesignMeaning, EventView } from '#views/design.ts';
import type { Backtested, HistoryDesk } from '#ports/history-desk.ts';
import type { PeopleStore } from '#ports/people.ts';
import type { TableDesk } from '#ports/table-desk.ts';
import type { Command } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import type { Refusal } from '#vocabulary/refusal.ts';
import type { Batch } from '#vocabulary/sample.ts';

export interface Done {
  ok: true;
  /** facts that followed */
  facts: number;
  /** position in the journal after the command */
  seq: number;
  /** this id was answered before: the first answer once more, and nothing was done now */
  again?: true;
}

/** One committed input: which stage words have news, up to which position of the journal. */
export interface SiteChange {
  seq: number;
  stages: string[];
}

/** The running site, as the API sees it. State is read, never written. */
export interface Site {
  /** Resolves after the commit; the same command id gets the same answer again. */
  run(command: Command): Promise<Done | Refusal>;
  state(): SiteState;
  /** calls back after each commit; returns a cancel function */
  subscribe(listener: (change: SiteChange) => void): () => void;
  /** plant time */
  nowMs(): number;
  /** how far the machine's clock has leapt ahead of plant time, ms; 0 when it has not */
  clockStepMs(): number;
  /** false while the journal is being read back or cannot be written, with the reason in words */
  ready(): { ready: boolean; why: string };
}

/** What the routes work with. */
export interface Rooms {
  site: Site;
  identity: Identity;
  people: PeopleStore;
  data: DataRoom;
  devices: DeviceDesk;
  history: HistoryDesk;
  tables: TableDesk;
  /** starter library: defaults by equipment class */
  library: readonly LibraryEntry[];
  designs: DesignDesk;
}

/** Devices that may send, and what they need to connect. */
export interface DeviceDesk {
  /**
   * Enrols a device, or gives a known one a new secret; its connection then ends.
   * @returns the secret, shown once
   * @throws PortFailure E-DEVICE-002 client id, -003 topic filter, -004 too many
   */
  enrol(clientId: string, publish: readonly string[]): Promise<string>;
  revoke(clientId: string): Promise<void>;
  /** certificate authority that a device has to trust, PEM */
  trust(): Promise<string>;
  /** where a device connects: `mqtts://host:port` */
  url(): string;
}

export interface SignalRow {
  signalId: string;
  name: string;
  topic: string;
  unit: string;
  monitors: string[];
  lastTimeMs: number | null;
  lastValue: number | null;
  /** no valid signal since then, as a monitor that watches it says; null while it speaks */
  blindSinceMs: number | null;
  accepted: number;
  bad: number;
  late: number;
  repeated: number;
  future: number;
}

/** A recorded file that was imported. */
export interface ImportRow {
  importId: string;
  signalId: string;
  signalName: string;
  fromMs: number;
  toMs: number;
  rows: number;
  refused: number;
}

/** What comes in, what nobody asked for, and how far behind it is. */
export interface SourcesView extends SourceStatus {
  nowMs: number;
  signals: SignalRow[];
  imports: ImportRow[];
  /** single readings received before this have expired, ms; null while all are kept */
  expiredBeforeMs: number | null;
  setAside: { intakeSeq: number; code: string; message: string }[];
}

/** How the journal stands. */
export interface JournalView {
  /** number of facts */
  length: number;
  /** chain hash of the last fact, hex: note it elsewhere, and a cut tail is found */
  hash: string;
}

/** Facts of the journal, newest first, and how it is anchored. */
export interface AuditView extends JournalView {
  facts: Recorded[];
  /** ask again with this to read on; null at the first fact */
  before: number | null;
}

/** The data plane and the journal, as the API sees them. */
export interface DataRoom {
  readings(): SignalReadings | null;
  /** @param signal place of the signal on the data plane */
  series(signal: number, fromMs: number, toMs: number, maxPoints: number): Promise<Series>;
  sources(): SourceStatus;
  /** Takes what a person read into the intake log; resolves after the commit. */
  accept(batch: Batch): Promise<void>;
  journal(): Promise<JournalView>;
  /** facts from..from+limit-1 in order */
  facts(from: number, limit: number): Promise<Recorded[]>;
}

/** A design judged on history, and what that means to crew and purse; one meaning a condition. */
export interface DesignAnswer extends Designed {
  events: EventView[];
  meaning: DesignMeaning[];
}

/** A run and, when it was recorded for the gate, where the journal stands. */
export interface BacktestAnswer extends Backtested {
  recorded: { facts: number; seq: number } | null;
}
