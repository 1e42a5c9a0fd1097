import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { playScenario } from './scenario.ts';

const ROOM = join(import.meta.dirname, '..');
const folders = readdirSync(ROOM, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(ROOM, entry.name)).includes('expected.yaml'))
  .map((entry) => entry.name);

describe('a scenario', () => {
  it.each(folders)('%s', async (folder) => {
    const { told, expected } = await playScenario(join(ROOM, folder));
    const words = told
      .map(({ minute, type, data }) => `${minute} ${type} ${JSON.stringify(data)}`)
      .join('\n');
    expect(told, words).toHaveLength(expected.length);
    expect(told, words).toMatchObject(expected);
  });

  it('is there at all', () => expect(folders.length).toBeGreaterThanOrEqual(8));
});
