import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { PortFailure } from '#ports/failure.ts';
import type { LibraryEntry } from '#ports/library.ts';
import { DAY_MS } from '#vocabulary/time.ts';

const LIBRARY_FILE = new URL('../../../../library/equipment.yaml', import.meta.url);
const MAX_ENTRIES = 1_000;

const words = z.string().min(1).max(200);
const library = z.strictObject({
  version: z.literal(1),
  entries: z
    .array(
      z.strictObject({
        class: words,
        name: words,
        group: words,
        position: words,
        iso14224: z.string().regex(/^[A-Z]{3}$/),
        mechanism: z.string().regex(/^\d\.\d$/),
        cause: words,
        signal: words,
        feature: words,
        unit: words,
        direction: z.enum(['high', 'low']),
        pfDays: z.tuple([z.number().positive(), z.number().positive()]),
        rung: z.enum(['desk look', 'walk-by', 'intrusive check', 'repair']),
        firstAction: words,
      }),
    )
    .max(MAX_ENTRIES),
});

/** The starter library of the package. @throws PortFailure E-LIBRARY-001 when it cannot be read */
export async function readLibrary(file: URL = LIBRARY_FILE): Promise<LibraryEntry[]> {
  const found = library.safeParse(parse(await readFile(file, 'utf8')));
  if (!found.success) {
    const [first] = found.error.issues;
    throw new PortFailure(
      'E-LIBRARY-001',
      `The starter library is wrong at ${first?.path.join('.')}: ${first?.message}`,
      'Correct library/equipment.yaml, or install the package again.',
      false,
    );
  }
  return found.data.entries.map(({ class: equipmentClass, pfDays: [shortest, longest], ...entry }) => ({
    ...entry,
    equipmentClass,
    pfMs: [Math.round(shortest * DAY_MS), Math.round(longest * DAY_MS)],
  }));
}
