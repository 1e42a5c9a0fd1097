import { inflateRawSync } from 'node:zlib';
import { GridFailure } from '#ports/grid.ts';

/** A part of a workbook that unpacks to more than this is refused: a sheet of a million rows has about 100 MB. */
export const MAX_PART_BYTES = 512 * 1_024 * 1_024;
/** All parts that are read of one workbook together. */
export const MAX_UNPACKED_BYTES = 2 * MAX_PART_BYTES;
const MAX_PARTS = 10_000;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
/** Bytes of the end record without its comment, and the longest comment. */
const END_BYTES = 22;
const MAX_COMMENT = 65_535;

interface Entry {
  method: number;
  packedBytes: number;
  at: number;
}

/** The parts of a ZIP archive by name, unpacked when asked for. Sizes are limits, never promises. */
export class ZipParts {
  readonly #bytes: Buffer;
  readonly #maxPartBytes: number;
  #leftBytes: number;
  readonly #entries = new Map<string, Entry>();

  /** @throws GridFailure E-GRID-010 when the bytes are no whole archive */
  constructor(bytes: Uint8Array, maxPartBytes = MAX_PART_BYTES, maxBytes = MAX_UNPACKED_BYTES) {
    this.#leftBytes = maxBytes;
    this.#maxPartBytes = maxPartBytes;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    try {
      this.#readDirectory();
    } catch (error) {
      if (error instanceof GridFailure) throw error;
      throw broken('its directory of parts cannot be read');
    }
  }

  #readDirectory(): void {
    const buffer = this.#bytes;
    let end = buffer.length - END_BYTES;
    const least = Math.max(0, end - MAX_COMMENT);
    while (end >= least && buffer.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
    if (end < least) throw broken('its end is missing');
    const count = buffer.readUInt16LE(end + 10);
    if (count > MAX_PARTS) throw broken(`it has more than ${MAX_PARTS} parts`);
    let at = buffer.readUInt32LE(end + 16);
    for (let n = 0; n < count; n++) {
      if (buffer.readUInt32LE(at) !== DIRECTORY_ENTRY) throw broken('its directory of parts is damaged');
      if ((buffer.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw broken('it is protected by a password');
      const nameBytes = buffer.readUInt16LE(at + 28);
      const name = buffer.toString('utf8', at + 46, at + 46 + nameBytes);
      this.#entries.set(name.replace(/^\//, ''), {
        method: buffer.readUInt16LE(at + 10),
        packedBytes: buffer.readUInt32LE(at + 20),
        at: buffer.readUInt32LE(at + 42),
      });
      at += 46 + nameBytes + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
    }
  }

  /** @returns null when there is no such part */
  text(name: string): string | null {
    const entry = this.#entries.get(name);
    if (!entry) return null;
    const buffer = this.#bytes;
    if (entry.at + 30 > buffer.length || buffer.readUInt32LE(entry.at) !== LOCAL_ENTRY) {
      throw broken(`its part ${name} is missing`);
    }
    const start = entry.at + 30 + buffer.readUInt16LE(entry.at + 26) + buffer.readUInt16LE(entry.at + 28);
    const packed = buffer.subarray(start, start + entry.packedBytes);
    if (entry.method === STORED) return packed.toString('utf8');
    if (entry.method !== DEFLATED) throw broken(`its part ${name} is packed in an unknown way`);
    try {
      const maxOutputLength = Math.max(1, Math.min(this.#maxPartBytes, this.#leftBytes));
      const unpacked = inflateRawSync(packed, { maxOutputLength });
      this.#leftBytes -= unpacked.length;
      return unpacked.toString('utf8');
    } catch (error) {
      const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      throw broken(
        tooLarge && this.#leftBytes < this.#maxPartBytes
          ? 'its parts together unpack to too much'
          : tooLarge
            ? `its part ${name} unpacks to more than ${Math.round(this.#maxPartBytes / 1_048_576)} MB`
            : `its part ${name} is damaged`,
      );
    }
  }
}

function broken(why: string): GridFailure {
  return new GridFailure(
    'format',
    'E-GRID-010',
    `The workbook cannot be read: ${why}.`,
    'Open it in a spreadsheet program and save it as .xlsx or CSV without a password.',
  );
}
