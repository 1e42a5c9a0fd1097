// Writes docs/reference from what runs: the command line's own help, and the routes of the API. A test says when it is due.
import { writeFileSync } from 'node:fs';
import { apiReference, cliReference } from './references.ts';

const folder = new URL('../docs/reference/', import.meta.url);
writeFileSync(new URL('cli.md', folder), await cliReference());
writeFileSync(new URL('openapi.json', folder), await apiReference());
