import { readFileSync } from 'node:fs';

/** The package's version; package.json stands two folders above this file, in the sources as in the package. */
export function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
