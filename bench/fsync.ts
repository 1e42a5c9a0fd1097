import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** Times of appending 4 KB to `path` and making them durable, one after another, ms: what the disk alone takes. */
export function fsyncTimesMs(path: string, count: number): number[] {
  const page = new Uint8Array(4_096);
  const taken: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const startedMs = performance.now();
    const file = openSync(path, 'a');
    writeSync(file, page);
    fsyncSync(file);
    closeSync(file);
    taken.push(performance.now() - startedMs);
  }
  return taken;
}
