import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { CAUSES, FAILURE_MODES, MECHANISMS } from '../../../core/1-strategy/iso14224.ts';
import { readLibrary } from './read.ts';

it('speaks in the codes of the strategy and gives each class something to begin with', async () => {
  const entries = await readLibrary();
  expect(entries.length).toBeGreaterThan(20);
  for (const { iso14224, mechanism, cause, pfMs, equipmentClass } of entries) {
    expect(Object.keys(FAILURE_MODES)).toContain(iso14224);
    expect(Object.keys(MECHANISMS)).toContain(mechanism);
    expect(CAUSES).toContain(cause);
    expect(pfMs[0], equipmentClass).toBeLessThan(pfMs[1]);
  }
});

it('says where a library is wrong', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-library-'));
  const file = join(folder, 'equipment.yaml');
  writeFileSync(file, 'version: 1\nentries:\n  - class: pump\n');
  await expect(readLibrary(pathToFileURL(file))).rejects.toMatchObject({ code: 'E-LIBRARY-001' });
  rmSync(folder, { recursive: true });
});
