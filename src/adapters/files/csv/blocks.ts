import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { TableFailure } from '#ports/table.ts';

/** A line longer than this is no table row but an unclosed quote or another kind of file. */
export const MAX_LINE_CHARS = 1_000_000;
const READ_BYTES = 4 * 1_024 * 1_024;

export interface Block {
  /** whole lines, without the byte order mark */
  text: string;
  doneBytes: number;
  totalBytes: number;
}

/** Reads a text file in blocks of whole lines; a line break inside quotes does not end a line. */
export async function* readBlocks(path: string): AsyncGenerator<Block> {
  const totalBytes = await sizeOf(path);
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: READ_BYTES });
  let rest = '';
  let doneBytes = 0;
  let first = true;
  for await (const chunk of stream as AsyncIterable<string>) {
    const text = first ? withoutMark(chunk, path) : chunk;
    first = false;
    rest += text;
    doneBytes = Math.min(totalBytes, doneBytes + chunk.length);
    const cut = lastLineEnd(rest);
    if (rest.length - cut > MAX_LINE_CHARS) {
      throw new TableFailure(
        'format',
        'E-CSV-005',
        `A line in ${path} is longer than ${MAX_LINE_CHARS} characters.`,
        'Look for a quote that is opened and never closed, or for a file that is no CSV.',
      );
    }
    if (cut === 0) continue;
    yield { text: rest.slice(0, cut), doneBytes, totalBytes };
    rest = rest.slice(cut);
  }
  if (rest !== '') yield { text: rest, doneBytes: totalBytes, totalBytes };
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
      throw new TableFailure(
        'missing',
        'E-CSV-002',
        `${path} cannot be read (${code}).`,
        'Check its permissions.',
      );
    }
  }
  throw new TableFailure('missing', 'E-CSV-001', `There is no file ${path}.`, 'Check the path.');
}

function withoutMark(text: string, path: string): string {
  if (text.includes('\0') || text.startsWith('\ufffd')) {
    throw new TableFailure(
      'format',
      'E-CSV-003',
      `${path} is not a UTF-8 text file.`,
      'Save it as CSV in UTF-8; a spreadsheet (.xlsx) has to be exported first.',
    );
  }
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Index after the last line break that is not inside quotes; 0 when there is none. */
function lastLineEnd(text: string): number {
  if (!text.includes('"')) return text.lastIndexOf('\n') + 1;
  let end = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 34) quoted = !quoted;
    else if (c === 10 && !quoted) end = i + 1;
  }
  return end;
}
