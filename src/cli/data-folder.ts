import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { OptionSpec, ParsedArguments } from './command.ts';

/** Option of every command that works on a plant's data. */
export const dataOption: OptionSpec = {
  name: 'data',
  value: 'DIR',
  summary:
    'data folder of the plant (else THROUGHLINE_DATA_DIR, else .throughline/plant here, else the demo)',
};

const HERE = '.throughline';

/** Where a plant of one's own lives when nothing else is said. */
export function plantFolder(): string {
  return resolve(process.env['THROUGHLINE_DATA_DIR'] ?? join(HERE, 'plant'));
}

export function demoFolder(): string {
  return resolve(join(HERE, 'demo'));
}

/** True when the folder holds a journal. */
export function holdsPlant(folder: string): boolean {
  return existsSync(join(folder, 'site.db'));
}

/** The data folder asked for: flag, then environment, then this place's plant, then its demo. */
export function dataDirOf(args: ParsedArguments): string {
  const asked = args.values['data'];
  if (asked !== undefined) return resolve(asked);
  const own = plantFolder();
  return holdsPlant(own) || !holdsPlant(demoFolder()) ? own : demoFolder();
}
