// Reads a file as a grid of cells, whatever its writing: text, or the sheet of a workbook.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { GridFailure, type Grid, type GridOptions, MAX_GRID_BYTES } from '#ports/grid.ts';
import { decodeText, textRows } from './text.ts';
import { workbookRows } from './workbook.ts';

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0];

/** @param path `-` is the standard input, for a table that is pasted */
export async function readGridFile(path: string, options: GridOptions): Promise<Grid> {
  return readGrid(path === '-' ? await standardInput() : await bytesOf(path), options);
}

/** @throws GridFailure */
export function readGrid(bytes: Uint8Array, options: GridOptions): Grid {
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (startsWith(bytes, ZIP)) return { hash, ...workbookRows(bytes, options.sheet) };
  if (startsWith(bytes, OLD_EXCEL)) {
    throw new GridFailure(
      'format',
      'E-GRID-006',
      'The file is a workbook of Excel 97-2003 (.xls).',
      'Open it and save it as .xlsx or as CSV.',
    );
  }
  const { text, note } = decodeText(bytes);
  const { rows, notes } = textRows(text);
  return { hash, rows, notes: note === null ? notes : [note, ...notes] };
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' || error.code === 'ENOTDIR'
      ? new GridFailure('missing', 'E-GRID-001', `There is no file ${path}.`, 'Check the path.')
      : unreadable(path, error);
  });
  if (!found.isFile()) {
    throw new GridFailure('missing', 'E-GRID-001', `${path} is no file.`, 'Name the file itself.');
  }
  if (found.size > MAX_GRID_BYTES) throw tooLarge();
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
}

async function standardInput(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_GRID_BYTES) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function unreadable(path: string, error: NodeJS.ErrnoException): GridFailure {
  return new GridFailure(
    'missing',
    'E-GRID-002',
    `${path} cannot be read (${error.code}).`,
    'Check its permissions.',
  );
}

function tooLarge(): GridFailure {
  return new GridFailure(
    'format',
    'E-GRID-003',
    `The file is larger than ${MAX_GRID_BYTES / 1_048_576} MB.`,
    'Bring it in parts, for example year by year; rows that come twice are known again.',
  );
}
