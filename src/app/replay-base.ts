// Both planes as they stood when the last samples expired: from there on the past is replayed, and a start may begin there.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { createLine, type Line } from '#core/line.ts';
import { type Log, type RowSource, SamplesExpired } from './inputs.ts';
import { bytesOf, lineOf } from './line-bytes.ts';
import { refeedThrough } from './refeed.ts';
import { SNAPSHOT_FORMAT } from './snapshot-format.ts';

/** Where the replay of a folder begins. */
export interface ReplayBase {
  line: Line;
  facts: number;
  intakeSeq: number;
}

interface Kept {
  format: string;
  /** id of the last fact folded: another journal has another one there */
  lastFactId: string | null;
  facts: number;
  line: Uint8Array;
}

const FILE = join('samples', 'replay-base.bin');

/** @returns null when there is none, or it is of another version or another journal */
export function readReplayBase(dataDir: string, journal: Log): ReplayBase | null {
  const path = join(dataDir, FILE);
  if (!existsSync(path)) return null;
  const kept = deserialize(readFileSync(path)) as Kept;
  if (kept.format !== SNAPSHOT_FORMAT || lastFactId(journal, kept.facts) !== kept.lastFactId) return null;
  const line = lineOf(kept.line);
  return line && { line, facts: line.state.facts, intakeSeq: line.state.intakeSeq };
}

function lastFactId(journal: Log, facts: number): string | null {
  return facts === 0 ? null : (journal.facts(facts, 1)[0]?.id ?? '');
}

/**
 * Moves the base on to input `throughSeq`, before the samples up to there are dropped. Durable when it returns.
 * @param instead the line to begin with when the base is of another version and the way from the start is gone
 * @throws SamplesExpired when the way there is gone already
 */
export async function moveReplayBase(
  dataDir: string,
  journal: Log,
  rows: RowSource,
  site: string,
  throughSeq: number,
  instead: () => Line | null = () => null,
): Promise<void> {
  const base = readReplayBase(dataDir, journal);
  if (base && base.intakeSeq >= throughSeq) return;
  let line = base?.line ?? createLine(site);
  try {
    await refeedThrough(journal, rows, line, throughSeq);
  } catch (failure) {
    const later = failure instanceof SamplesExpired ? instead() : null;
    if (!later) throw failure;
    await refeedThrough(journal, rows, later, throughSeq);
    line = later;
  }
  const { facts } = line.state;
  const kept: Kept = {
    format: SNAPSHOT_FORMAT,
    lastFactId: lastFactId(journal, facts),
    facts,
    line: bytesOf(line),
  };
  writeDurably(join(dataDir, FILE), serialize(kept));
}

function writeDurably(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.tmp`, bytes, { mode: 0o600 });
  synced(`${path}.tmp`);
  renameSync(`${path}.tmp`, path);
  synced(dirname(path));
}

function synced(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
