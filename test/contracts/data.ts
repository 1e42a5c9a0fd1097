import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Folder of recorded machine data, kept beside the project; null when it is not there. */
export function recordedData(): string | null {
  const folder = process.env['THROUGHLINE_DATA'] ?? join(root, '../shared/data');
  return existsSync(folder) ? folder : null;
}

export const DATA_ABSENT =
  'Recorded machine data is absent (../shared/data, or THROUGHLINE_DATA): tests on it did not run.';
