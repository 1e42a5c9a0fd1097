import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { PortFailure } from '#ports/failure.ts';
import type { DeviceGate } from '#ports/source.ts';
import { filterMatches, isFilter } from './filter.ts';

export const MAX_DEVICES = 10_000;
export const MAX_FILTERS_PER_DEVICE = 100;
/** Credential checks at work at once; each takes a thread for some milliseconds. */
const MAX_CHECKS_AT_ONCE = 2;
export const MAX_CHECKS_WAITING = 256;
const SECRET_BYTES = 32;
/** scrypt cost; secrets are 256 random bits, so it need not slow down guessing as for passwords that people choose. */
const SCRYPT = { N: 4_096, r: 8, p: 1 };
const CLIENT_ID = /^[\w.:-]{1,64}$/;

const StoredDevice = z.strictObject({
  clientId: z.string().regex(CLIENT_ID),
  publish: z.array(z.string()).max(MAX_FILTERS_PER_DEVICE),
  salt: z.string(),
  hash: z.string(),
  scrypt: z.strictObject({
    N: z.int().min(1_024).max(1_048_576),
    r: z.int().min(1).max(32),
    p: z.int().min(1).max(16),
  }),
  enrolledMs: z.number(),
});
const StoredFile = z.strictObject({ format: z.literal(1), devices: z.array(StoredDevice).max(MAX_DEVICES) });
type StoredDevice = z.infer<typeof StoredDevice>;

export interface Device {
  clientId: string;
  /** topic filters with `+` and `#` on which it may publish */
  publish: readonly string[];
  enrolledMs: number;
}

/**
 * Counts the devices of a data folder without opening them for use.
 * @throws PortFailure E-DEVICE-001 when the file cannot be read as such
 */
export async function countDevices(dataFolder: string): Promise<number> {
  const file = join(dataFolder, 'keys', 'devices.json');
  try {
    return parsedDevices(await readFile(file, 'utf8'), file).length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

function parsedDevices(text: string, file: string): StoredDevice[] {
  const parsed = StoredFile.safeParse(parseJson(text));
  if (parsed.success) return parsed.data.devices;
  throw new PortFailure(
    'E-DEVICE-001',
    `The list of devices ${file} is damaged: ${z.prettifyError(parsed.error)}`,
    'Restore it from a backup, or move it away and enrol the devices again.',
    false,
  );
}

/** Devices and their credentials: who may connect to a source, and on which topics it may publish. */
export class Devices implements DeviceGate {
  readonly #file: string;
  #devices: Map<string, StoredDevice>;
  readonly #decoy: StoredDevice;
  /** keyed digests of secrets that passed, so that a storm of reconnections costs no scrypt */
  readonly #proven = new Map<string, Buffer>();
  readonly #provingKey = randomBytes(32);
  readonly #revoked: ((clientId: string) => void)[] = [];
  #checks = 0;
  readonly #waiting: (() => void)[] = [];
  #saving: Promise<void> = Promise.resolve();

  private constructor(file: string, devices: StoredDevice[], decoy: StoredDevice) {
    this.#file = file;
    this.#devices = new Map(devices.map((device) => [device.clientId, device]));
    this.#decoy = decoy;
  }

  /**
   * Opens `<dataFolder>/keys/devices.json` (0600), or starts with none.
   * @throws PortFailure E-DEVICE-001 when the file cannot be read as such
   */
  static async open(dataFolder: string): Promise<Devices> {
    const file = join(dataFolder, 'keys', 'devices.json');
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const decoy = await stored('decoy', [], newSecret(), 0);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Devices(file, [], decoy);
      throw error;
    }
    const devices = parsedDevices(text, file);
    await chmod(file, 0o600);
    return new Devices(file, devices, decoy);
  }

  list(): Device[] {
    return [...this.#devices.values()].map(({ clientId, publish, enrolledMs }) => ({
      clientId,
      publish,
      enrolledMs,
    }));
  }

  /**
   * Enrols a device, or gives a known one a new secret and new filters; its connection is then ended.
   * @returns the secret (32 random bytes, base64url); it is kept only as a hash, so it can be shown once
   * @throws PortFailure E-DEVICE-002 bad client id, -003 bad filter, -004 too many devices
   */
  async enrol(clientId: string, publish: readonly string[], nowMs: number): Promise<string> {
    checkClientId(clientId);
    checkFilters(publish);
    if (!this.#devices.has(clientId) && this.#devices.size >= MAX_DEVICES) {
      throw new PortFailure(
        'E-DEVICE-004',
        `There are ${MAX_DEVICES} devices already.`,
        'Revoke devices that are gone.',
        false,
      );
    }
    const secret = newSecret();
    const device = await stored(clientId, publish, secret, nowMs);
    const wasKnown = this.#devices.has(clientId);
    await this.#save((devices) => devices.set(clientId, device));
    this.#proven.delete(clientId);
    if (wasKnown) this.#announce(clientId);
    return secret;
  }

  /** Ends a device's right at once. @returns false when it is not known */
  async revoke(clientId: string): Promise<boolean> {
    if (!this.#devices.has(clientId)) return false;
    await this.#save((devices) => devices.delete(clientId));
    this.#proven.delete(clientId);
    this.#announce(clientId);
    return true;
  }

  /** Calls back with the client id whose connections must end. */
  onRevoked(call: (clientId: string) => void): void {
    this.#revoked.push(call);
  }

  /** Takes the same time for an unknown client as for a wrong secret, as long as the secret was not proven before. */
  async authenticate(clientId: string, username: string, password: Uint8Array): Promise<boolean> {
    const device = this.#devices.get(clientId);
    const digest = createHmac('sha256', this.#provingKey)
      .update(clientId)
      .update('\0')
      .update(password)
      .digest();
    const proven = this.#proven.get(clientId);
    if (device && proven) return timingSafeEqual(proven, digest) && username === clientId;
    const subject = device ?? this.#decoy;
    const hash = await this.#check(() =>
      derive(password, Buffer.from(subject.salt, 'base64url'), subject.scrypt),
    );
    const expected = Buffer.from(subject.hash, 'base64url');
    const equal = hash.length === expected.length && timingSafeEqual(hash, expected);
    // revoked or changed while the check ran
    if (!equal || !device || this.#devices.get(clientId) !== device || username !== clientId) return false;
    this.#proven.set(clientId, digest);
    return true;
  }

  mayPublish(clientId: string, topic: string): boolean {
    const device = this.#devices.get(clientId);
    return device?.publish.some((filter) => filterMatches(filter, topic)) ?? false;
  }

  async #check<T>(work: () => Promise<T>): Promise<T> {
    if (this.#checks >= MAX_CHECKS_AT_ONCE) {
      if (this.#waiting.length >= MAX_CHECKS_WAITING) {
        throw new PortFailure(
          'E-DEVICE-005',
          'Too many credential checks wait.',
          'The device tries again.',
          true,
        );
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#checks++;
    try {
      return await work();
    } finally {
      // a waiting check takes over the place, so the number stays
      const next = this.#waiting.shift();
      if (next) next();
      else this.#checks--;
    }
  }

  #announce(clientId: string): void {
    for (const call of this.#revoked) call(clientId);
  }

  /** One change after the other; memory changes only when the file has. */
  #save(change: (devices: Map<string, StoredDevice>) => void): Promise<void> {
    const saving = this.#saveAfter(this.#saving, change);
    this.#saving = saving.catch(() => {});
    return saving;
  }

  async #saveAfter(
    previous: Promise<void>,
    change: (devices: Map<string, StoredDevice>) => void,
  ): Promise<void> {
    await previous;
    const next = new Map(this.#devices);
    change(next);
    await writeWhole(this.#file, JSON.stringify({ format: 1, devices: [...next.values()] }, null, 1));
    this.#devices = next;
  }
}

function checkClientId(clientId: string): void {
  if (CLIENT_ID.test(clientId)) return;
  throw new PortFailure(
    'E-DEVICE-002',
    `"${clientId.slice(0, 80)}" is no client id.`,
    'Use 1 to 64 letters, digits and the signs . _ : -',
    false,
  );
}

function checkFilters(publish: readonly string[]): void {
  const bad = publish.find((filter) => !isFilter(filter));
  if (bad === undefined && publish.length > 0 && publish.length <= MAX_FILTERS_PER_DEVICE) return;
  throw new PortFailure(
    'E-DEVICE-003',
    bad === undefined
      ? `A device has 1 to ${MAX_FILTERS_PER_DEVICE} topic filters, not ${publish.length}.`
      : `"${bad.slice(0, 80)}" is no topic filter that a device may publish on.`,
    'A filter is topic levels divided by /, where + stands for one level and # at the end for all further ones; it starts neither with $ nor with cmd/.',
    false,
  );
}

async function stored(clientId: string, publish: readonly string[], secret: string, nowMs: number) {
  const salt = randomBytes(16);
  const hash = await derive(Buffer.from(secret), salt, SCRYPT);
  return {
    clientId,
    publish: [...publish],
    salt: salt.toString('base64url'),
    hash: hash.toString('base64url'),
    scrypt: SCRYPT,
    enrolledMs: nowMs,
  };
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

function derive(secret: Uint8Array, salt: Buffer, cost: typeof SCRYPT): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const maxmem = 256 * cost.N * cost.r;
    scrypt(secret, salt, 32, { ...cost, maxmem }, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
