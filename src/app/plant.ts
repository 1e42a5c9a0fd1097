// A running plant: site, sample store, people, devices, broker and HTTP, started in order and stopped in reverse.
import type { Door } from '#ports/door.ts';
import type { Identity } from '#ports/identity.ts';
import type { HistoryDesk } from '#ports/history-desk.ts';
import type { PeopleStore } from '#ports/people.ts';
import type { SourceStatus } from '#ports/source.ts';
import type { Batch } from '#vocabulary/sample.ts';
import { HOUR_MS } from '#vocabulary/time.ts';
import { Archive } from './archive.ts';
import {
  type Broker,
  type DeviceRegister,
  openBroker,
  openDevices,
  openDoor,
  openIdentity,
  openPeople,
} from './compose.ts';
import { Backtests, recordOf } from './backtests.ts';
import { Designs } from './designs.ts';
import { DEFAULT_RAW_DAYS } from './config.ts';
import { answerAtDoor } from './door.ts';
import { Evidence } from './evidence.ts';
import { Histories } from './histories.ts';
import { Intake } from './intake.ts';
import type { ClockSpec } from './plant-clock.ts';
import { Retention } from './retention.ts';
import { Site } from './site.ts';
import { Tables } from './tables/tables.ts';
import { sweepTexts } from './text-sweep.ts';

export interface PlantOptions {
  dataDir: string;
  site: string;
  clock: ClockSpec;
  /** demo plants sign in by link and lend the eyes of simulated people */
  demo: boolean;
  /** cookies are Secure */
  tls: boolean;
  mqttHost: string;
  /** 0 takes a free port */
  mqttPort: number;
  /** second place for signed heads */
  headsPath: string | null;
  /** days that single readings are kept; else the setting's default */
  rawDays?: number;
}

/** The face that people and programs see; opened with the plant's rooms, closed before them. */
export interface Face {
  url: string;
  close(): Promise<void>;
}
export type OpenFace = (plant: RunningPlant) => Promise<Face>;

/** Input is archived when so many entries wait, or after an hour: few large files, and a short tail for the charts. */
const ARCHIVE_ENTRIES = 5_000;
const ARCHIVE_MS = HOUR_MS;
const ARCHIVE_LOOK_MS = 15_000;

export class RunningPlant {
  readonly site: Site;
  readonly intake: Intake;
  readonly people: PeopleStore & { close(): void };
  readonly identity: Identity;
  readonly devices: DeviceRegister;
  readonly archive: Archive;
  readonly histories: Histories;
  readonly backtests: Backtests;
  readonly designs: Designs;
  readonly retention: Retention;
  readonly tables: Tables;
  broker!: Broker;
  mqtt!: { host: string; port: number };
  url = '';
  #face: Face | null = null;
  #door: Door | null = null;
  #archiving: Promise<void> | null = null;
  #sweeping: Promise<unknown> = Promise.resolve();
  #stopping = false;
  #archivedThrough = 0;
  #archivedAtMs = Date.now();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #evidence: Evidence;

  private constructor(parts: {
    site: Site;
    people: PeopleStore & { close(): void };
    identity: Identity;
    devices: DeviceRegister;
    archive: Archive;
    dataDir: string;
    rawDays: number;
  }) {
    this.site = parts.site;
    this.people = parts.people;
    this.identity = parts.identity;
    this.devices = parts.devices;
    this.archive = parts.archive;
    this.intake = new Intake(parts.site);
    this.histories = new Histories(parts.site, parts.archive, parts.dataDir);
    this.backtests = new Backtests(parts.site, parts.archive);
    this.designs = new Designs(parts.site, parts.archive);
    this.tables = new Tables(parts.site, parts.dataDir);
    this.retention = new Retention(parts.site, parts.archive, parts.rawDays);
    this.#evidence = new Evidence(parts.archive, () => parts.site.state());
  }

  /** @throws PortFailure with a code when a part cannot start; what was started is stopped again */
  static async start(options: PlantOptions, openFace: OpenFace): Promise<RunningPlant> {
    const { dataDir, site: siteId, clock, headsPath, tls, demo } = options;
    // The writer takes the folder's lock: nothing else is touched before it.
    const site = await Site.open({ dataDir, site: siteId, clock, headsPath });
    const [archive, identity, people, devices] = await Promise.allSettled([
      Archive.open(dataDir),
      openIdentity(dataDir, { tls, demo }),
      openPeople(dataDir),
      openDevices(dataDir),
    ]);
    if (
      archive.status === 'rejected' ||
      identity.status === 'rejected' ||
      people.status === 'rejected' ||
      devices.status === 'rejected'
    ) {
      if (archive.status === 'fulfilled') await archive.value.close();
      if (identity.status === 'fulfilled') identity.value.close();
      if (people.status === 'fulfilled') people.value.close();
      await site.close();
      throw [archive, identity, people, devices].find((part) => part.status === 'rejected')?.reason;
    }
    const plant = new RunningPlant({
      site,
      archive: archive.value,
      identity: identity.value,
      people: people.value,
      devices: devices.value,
      dataDir,
      rawDays: options.rawDays ?? DEFAULT_RAW_DAYS,
    });
    try {
      await plant.#open(options, openFace);
    } catch (failure) {
      await plant.stop();
      throw failure;
    }
    return plant;
  }

  async #open(options: PlantOptions, openFace: OpenFace): Promise<void> {
    await this.histories.sweep();
    this.tables.sweep();
    this.broker = await openBroker({
      dataDir: options.dataDir,
      host: options.mqttHost,
      port: options.mqttPort,
      sink: this.intake,
      devices: this.devices,
      nowMs: () => this.site.nowMs(),
    });
    this.mqtt = await this.broker.start();
    this.#face = await openFace(this);
    this.url = this.#face.url;
    // a failure leaves the texts where they are; the next start looks again
    this.#sweeping = sweepTexts(this.people, this, Date.now(), () => this.#stopping).catch(() => undefined);
    this.#door = await openDoor(options.dataDir, (question) => answerAtDoor(this, question));
    this.site.onFacts((facts) => this.#evidence.take(facts));
    this.#timers.push(setInterval(() => this.#archiveWhenDue(), ARCHIVE_LOOK_MS));
    for (const timer of this.#timers) timer.unref();
  }

  readings() {
    return this.site.readings();
  }

  series(signal: number, fromMs: number, toMs: number, maxPoints: number) {
    return this.archive.series(signal, fromMs, toMs, maxPoints);
  }

  accept(batch: Batch): Promise<void> {
    return this.site.accept(batch, null);
  }

  journal() {
    return this.archive.journal();
  }

  facts(from: number, limit: number) {
    return this.archive.facts(from, limit);
  }

  /** A plant's own past, for the faces. */
  history(): HistoryDesk {
    const { histories, backtests } = this;
    return {
      importStream: (wish, stream) => histories.importStream(wish, stream),
      remove: (commandId, actor, importId) => histories.remove(commandId, actor, importId),
      backtest: (personId, wish, signal) => backtests.run(personId, wish, signal),
      recordOf,
    };
  }

  /** What the sources say of themselves, for the sources page. */
  sources(): SourceStatus {
    const lag = this.broker.lag();
    return {
      broker: { ...this.mqtt, connected: lag.filter((client) => client.connected).length },
      unclaimed: this.broker.unclaimed(),
      malformed: this.intake.listMalformed(),
      waiting: this.site.pulse()?.waiting ?? 0,
      lagMs: lag.reduce<number | null>(
        (worst, { lagMs }) => (lagMs === null ? worst : Math.max(worst ?? lagMs, lagMs)),
        null,
      ),
      blocked: this.site.blocked() ?? this.archive.ended(),
      refused: this.broker.refused(),
      archiveRestarts: this.archive.restarts(),
      rawDays: this.retention.rawDays,
    };
  }

  #archiveWhenDue(): void {
    const waiting = (this.site.pulse()?.intakeSeq ?? 0) - this.#archivedThrough;
    const due = waiting >= ARCHIVE_ENTRIES || (waiting > 0 && Date.now() - this.#archivedAtMs >= ARCHIVE_MS);
    // a failure leaves everything where it is; the next look tries again
    const archived = due ? this.archiveNow() : Promise.resolve();
    archived.then(() => this.retention.look()).catch(() => undefined);
  }

  /** Moves the intake log into the sample store; calls that overlap share one run. */
  archiveNow(): Promise<void> {
    this.#archiving ??= this.#archive().finally(() => {
      this.#archiving = null;
    });
    return this.#archiving;
  }

  async #archive(): Promise<void> {
    const through = await this.archive.archive();
    this.#archivedThrough = through;
    this.#archivedAtMs = Date.now();
    this.site.archived(through);
    await this.#evidence.keep(this.site.nowMs());
  }

  /** Stops taking, writes what waits, and closes; safe to call at any stage of the start. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const timer of this.#timers) clearInterval(timer);
    await this.#door?.close();
    await this.#sweeping;
    await this.#face?.close();
    await this.broker?.stop();
    await this.archiveNow().catch(() => undefined);
    await this.site.close();
    await this.archive.close();
    this.identity.close();
    this.people.close();
  }
}
