// The only file that knows adapters. Each is loaded when it is asked for, so that a thread carries no more than it uses.
import { join } from 'node:path';
import type { AuditResult, Journal } from '#ports/journal.ts';
import type { PeopleStore } from '#ports/people.ts';
import type { Door, DoorQuestion } from '#ports/door.ts';
import type { Grid, GridOptions } from '#ports/grid.ts';
import type { ImportedTables } from '#ports/imported-tables.ts';
import type { Identity } from '#ports/identity.ts';
import type { LibraryEntry } from '#ports/library.ts';
import type { CertificateInspection, JournalInspection, SamplesInspection } from '#ports/inspection.ts';
import type { PlanRead } from '#ports/plan-file.ts';
import type { Publisher, PublisherOptions } from '#ports/publisher.ts';
import type { SampleStore } from '#ports/samples.ts';
import type { DeviceGate, Source, SourceSink, UnclaimedTopic } from '#ports/source.ts';
import type { TableSource } from '#ports/table.ts';
import type { Batch } from '#vocabulary/sample.ts';

/** Opens the journal for its one writer and takes the folder's lock; closing gives both back. */
export async function openJournal(
  dataDir: string,
  options: { site: string; headsPath: string | null },
): Promise<Journal> {
  const { acquireDataLock } = await import('#adapters/store/sqlite/lock.ts');
  const sqlite = await import('#adapters/store/sqlite/journal.ts');
  const lock = acquireDataLock(dataDir);
  try {
    const journal = sqlite.openJournal(dataDir, options);
    const close = journal.close.bind(journal);
    journal.close = async () => {
      await close();
      lock.release();
    };
    return journal;
  } catch (failure) {
    lock.release();
    throw failure;
  }
}

/** Reads the journal beside a running writer. */
export async function readJournal(dataDir: string) {
  const { openJournalReader } = await import('#adapters/store/sqlite/journal-reader.ts');
  return openJournalReader(dataDir);
}

export interface Archiver {
  /** @returns the highest intake sequence up to which the journal may forget batches */
  archiveFrom(journal: Pick<Journal, 'head' | 'intake'>): Promise<number>;
}

/** @param decode reads a batch's bytes back, with its marks */
export async function openArchiver(
  store: SampleStore,
  decode: (payload: Uint8Array) => { batch: Batch; marks: Uint8Array },
): Promise<Archiver> {
  const { Archiver: Found } = await import('#adapters/store/parquet/archive.ts');
  return new Found(store, decode);
}

export async function openPeople(dataDir: string): Promise<PeopleStore & { close(): void }> {
  const { openPeople: open } = await import('#adapters/store/people/people.ts');
  return open(dataDir);
}

/** Accounts and sessions beside the people's names. */
export async function openIdentity(
  dataDir: string,
  options: { tls: boolean; demo: boolean },
): Promise<Identity> {
  const { openIdentity: open } = await import('#adapters/identity/better-auth/identity.ts');
  return open({ peopleDbPath: join(dataDir, 'people.db'), keysDir: join(dataDir, 'keys'), ...options });
}

/** Devices that may connect to a source; a secret is shown once. */
export interface DeviceRegister extends DeviceGate {
  list(): { clientId: string; publish: readonly string[] }[];
  enrol(clientId: string, publish: readonly string[], nowMs: number): Promise<string>;
  revoke(clientId: string): Promise<boolean>;
  onRevoked(call: (clientId: string) => void): void;
}

export async function openDevices(dataDir: string): Promise<DeviceRegister> {
  const { Devices } = await import('#adapters/identity/devices/devices.ts');
  return Devices.open(dataDir);
}

/** The embedded broker, with what the sources page shows of it. */
export interface Broker extends Source {
  lag(): { clientId: string; connected: boolean; lagMs: number | null }[];
  unclaimed(): UnclaimedTopic[];
  forgetUnclaimed(topic: string): void;
  refused(): { reason: string; count: number }[];
  /** file of the certificate authority that devices must trust */
  caFile(): string;
}

export async function openBroker(options: {
  dataDir: string;
  host: string;
  port: number;
  sink: SourceSink;
  devices: DeviceRegister;
  nowMs: () => number;
}): Promise<Broker> {
  const { MqttSource } = await import('#adapters/sources/mqtt/broker.ts');
  const { dataDir, devices, ...rest } = options;
  const source = new MqttSource({ ...rest, dataFolder: dataDir, gate: devices });
  devices.onRevoked((clientId) => source.disconnect(clientId));
  return {
    start: () => source.start(),
    stop: () => source.stop(),
    lag: () => source.lag(),
    unclaimed: () => source.unclaimed(),
    forgetUnclaimed: (topic) => source.forgetUnclaimed(topic),
    refused: () =>
      source.counts
        .rows()
        .filter((row) => row.count > 0)
        .map((row) => ({ reason: row.sentence, count: row.count })),
    caFile: () => source.certificate?.caFile ?? '',
  };
}

/** Opens the sample store of a data folder; many may read, the archive alone writes. */
export async function openSampleStore(dataDir: string): Promise<SampleStore> {
  const parquet = await import('#adapters/store/parquet/samples.ts');
  return parquet.openSampleStore(dataDir);
}

/** Checks the chain of a data folder beside a running server; `head` is a hash that was noted elsewhere. */
export async function verifyJournal(
  dataDir: string,
  options: { head?: string; headsPath?: string },
): Promise<AuditResult> {
  const { auditVerify } = await import('#adapters/store/sqlite/verify.ts');
  return auditVerify(dataDir, options);
}

/** What a data folder tells a visitor who changes nothing; each part may throw what it met. */
export interface Inspection {
  /** process that holds the folder's lock; null when it is free */
  lockHolder(): number | null;
  journal(): JournalInspection;
  samples(): SamplesInspection;
  people(): number;
  devices(): Promise<number>;
  brokerCertificates(): CertificateInspection[];
  certificate(path: string): CertificateInspection;
}

/** Opens nothing until a part is asked for. @param snapshotFormat of snapshots that this program reads */
export async function inspectData(
  dataDir: string,
  options: { headsPath: string | null; snapshotFormat: string },
): Promise<Inspection> {
  const { lockHolder } = await import('#adapters/store/sqlite/lock.ts');
  const { inspectJournal } = await import('#adapters/store/sqlite/inspect.ts');
  const { SampleLayout } = await import('#adapters/store/parquet/layout.ts');
  const { countPeople } = await import('#adapters/store/people/inspect.ts');
  const { countDevices } = await import('#adapters/identity/devices/devices.ts');
  const mqtt = await import('#adapters/sources/mqtt/inspect.ts');
  return {
    lockHolder: () => lockHolder(dataDir),
    journal: () => {
      const archivedThrough = new SampleLayout(dataDir).stretches().at(-1)?.toSeq ?? 0;
      return inspectJournal(dataDir, { ...options, archivedThrough });
    },
    samples: () => new SampleLayout(dataDir).inspect(),
    people: () => countPeople(dataDir),
    devices: () => countDevices(dataDir),
    brokerCertificates: () => mqtt.brokerCertificates(dataDir),
    certificate: (path) => mqtt.certificateIn(path),
  };
}

/** Reads a plan file; its findings name `path` as given. @throws PortFailure when there is no such file */
export async function readPlan(path: string): Promise<PlanRead> {
  const { readPlanFile } = await import('#adapters/files/plan/read-file.ts');
  return readPlanFile(path);
}

/** What usually fails on which class of equipment: defaults to begin with. */
export async function openLibrary(): Promise<LibraryEntry[]> {
  const { readLibrary } = await import('#adapters/files/library/read.ts');
  return readLibrary();
}

/** A table that people bring as a file: Parquet by its name, else CSV. */
export function openTable(path: string): TableSource {
  return {
    async read(wanted, options, onProgress) {
      if (path.endsWith('.parquet')) {
        const { parquetTable } = await import('#adapters/store/parquet/read.ts');
        return parquetTable(path).read(wanted, options, onProgress);
      }
      const { csvTable } = await import('#adapters/files/csv/read.ts');
      return csvTable(path).read(wanted, options, onProgress);
    },
  };
}

/** Sends as a device does: for `replay` and simulated devices. */
export async function openPublisher(options: PublisherOptions): Promise<Publisher> {
  const { openMqttPublisher } = await import('#adapters/bus/mqtt/publisher.ts');
  return openMqttPublisher(options);
}

/** The process that holds a data folder now; null when it is free. */
export async function dataHolder(dataDir: string): Promise<number | null> {
  const lock = await import('#adapters/store/sqlite/lock.ts');
  return lock.lockHolder(dataDir);
}

/** Any table that people bring: text or a workbook, read whole; `-` is the standard input. @throws GridFailure */
export async function readGrid(path: string, options: GridOptions): Promise<Grid> {
  const { readGridFile } = await import('#adapters/files/grid/read.ts');
  return readGridFile(path, options);
}

/** Imported tables of a data folder; files are immutable, so it needs no lock. */
export async function openImportedTables(dataDir: string): Promise<ImportedTables> {
  const tables = await import('#adapters/store/parquet/imported-tables.ts');
  return tables.openImportedTables(dataDir);
}

/** Lets the command line of this machine ask a running plant. */
export async function openDoor(
  dataDir: string,
  answer: (question: DoorQuestion) => Promise<unknown>,
): Promise<Door> {
  const door = await import('#adapters/door/socket/open.ts');
  return door.openDoor(dataDir, answer);
}

/** Asks the plant that runs on a data folder. @throws PortFailure E-DOOR-001 when nobody answers */
export async function askDoor(dataDir: string, question: DoorQuestion): Promise<unknown> {
  const door = await import('#adapters/door/socket/ask.ts');
  return door.askDoor(dataDir, question);
}
