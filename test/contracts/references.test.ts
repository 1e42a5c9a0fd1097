import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { apiReference, cliReference } from '../../scripts/references.ts';

const FOLDER = fileURLToPath(new URL('../../docs/reference/', import.meta.url));
const MEND = 'it is due: node scripts/write-references.ts';

describe('the reference says what runs', () => {
  it('docs/reference/cli.md is the help of every command', async () => {
    expect(await readFile(join(FOLDER, 'cli.md'), 'utf8'), MEND).toBe(await cliReference());
  });

  it('docs/reference/openapi.json describes every route', async () => {
    expect(await readFile(join(FOLDER, 'openapi.json'), 'utf8'), MEND).toBe(await apiReference());
  });
});
