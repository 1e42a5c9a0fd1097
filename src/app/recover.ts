// A site's two planes as they stood when it last wrote: snapshot, then what came after.
import { deserialize, serialize } from 'node:v8';
import { evolveSite, upcastFact } from '#core/flow.ts';
import { createLine, type Line, loadLine, saveLine, senseMonitors } from '#core/line.ts';
import { holdWhatStood } from '#core/line-hold.ts';
import { changeMonitors, type SenseSnapshot } from '#core/sense.ts';
import type { Journal, Snapshot } from '#ports/journal.ts';
import { factsByInput, type RowSource, SamplesExpired } from './inputs.ts';
import { bytesOf, lineOf } from './line-bytes.ts';
import { refeedThrough } from './refeed.ts';
import type { ReplayBase } from './replay-base.ts';
import { SNAPSHOT_FORMAT } from './snapshot-format.ts';

/** How a site came back, for the start line and `doctor`. */
export interface Recovery {
  line: Line;
  fromSnapshot: boolean;
  /** facts that the snapshot of the whole line covers, and its size; 0 without one */
  snapshotFacts: number;
  snapshotBytes: number;
  facts: number;
  inputs: number;
  elapsedMs: number;
  /** why the data plane could not be judged again, in words; null when it was */
  held: { code: string; message: string; mend: string } | null;
}

/**
 * Rebuilds the line from the journal. With a valid snapshot only later inputs are judged again; without one all are.
 * Without one, and with samples expired, it goes on from the base that was saved when they expired; where that does not
 * fit either, the control plane is folded from facts and the data plane holds what stood.
 * @param onSnapshot gets the bytes of a valid snapshot before they are read here
 * @param baseOf the state saved when samples expired last
 */
export async function recover(
  journal: Journal,
  rows: RowSource,
  site: string,
  onSnapshot: (state: Uint8Array) => void = () => undefined,
  baseOf: () => ReplayBase | null = () => null,
): Promise<Recovery> {
  const startedMs = performance.now();
  const kept = journal.loadSnapshot(SNAPSHOT_FORMAT);
  if (kept) onSnapshot(kept.state);
  const restored = kept ? restoredLine(journal, kept) : null;
  let line = restored ?? createLine(site);
  let fromSnapshot = restored !== null;
  const fromInput = line.state.intakeSeq;
  const head = journal.head();
  let held: Recovery['held'] = null;
  try {
    await refeedThrough(journal, rows, line, head.intakeSeq);
  } catch (failure) {
    if (!(failure instanceof SamplesExpired)) throw failure;
    fromSnapshot = false;
    const based = await fromBase(journal, rows, baseOf(), head.intakeSeq);
    line = based ?? foldOnly(journal, site, head.intakeSeq);
    if (!based) held = samplesExpired(failure.seq);
  }
  return {
    line,
    fromSnapshot,
    snapshotFacts: fromSnapshot && kept ? kept.facts : 0,
    snapshotBytes: fromSnapshot && kept ? kept.state.length : 0,
    facts: head.facts,
    inputs: head.intakeSeq - fromInput,
    elapsedMs: performance.now() - startedMs,
    held,
  };
}

async function fromBase(
  journal: Journal,
  rows: RowSource,
  base: ReplayBase | null,
  toInput: number,
): Promise<Line | null> {
  if (!base) return null;
  try {
    await refeedThrough(journal, rows, base.line, toInput);
    return base.line;
  } catch (failure) {
    if (!(failure instanceof SamplesExpired)) throw failure;
    return null;
  }
}

function samplesExpired(seq: number): NonNullable<Recovery['held']> {
  return {
    code: 'E-RECOVER-001',
    message: `Samples expired: input ${seq} cannot be judged again, and no snapshot of this version fits. Active alerts are held until their signal speaks; running delays begin anew.`,
    mend: 'Look at the active alerts once. Stop the server before the next update, so that it starts from its snapshot.',
  };
}

/** The line of a snapshot, moved on to a later snapshot of its data plane where there is one that fits. */
function restoredLine(journal: Journal, kept: Snapshot): Line | null {
  const line = lineOf(kept.state);
  const later = line ? journal.loadSnapshot(SNAPSHOT_FORMAT, 'sense') : null;
  if (!line || !later || later.intakeSeq <= kept.intakeSeq) return line;
  for (const { intakeSeq, facts } of factsByInput(journal, kept.facts + 1)) {
    if (intakeSeq > later.intakeSeq) break;
    for (const fact of facts) evolveSite(line.state, upcastFact(fact));
  }
  const { nowMs, sense } = deserialize(later.state) as SavedSense;
  const moved = loadLine({ state: line.state, sense });
  // folded too far to judge from where it was; a damaged part is rare enough to read the whole line again
  if (!moved) return lineOf(kept.state);
  moved.state.facts = later.facts;
  moved.state.intakeSeq = later.intakeSeq;
  moved.state.nowMs = nowMs;
  return moved;
}

function foldOnly(journal: Journal, site: string, intakeSeq: number): Line {
  const line = createLine(site);
  for (const { facts } of factsByInput(journal, 1)) {
    for (const fact of facts) evolveSite(line.state, upcastFact(fact));
  }
  line.state.intakeSeq = intakeSeq;
  line.sense = changeMonitors(line.sense, line.state.acquire.signalAt.length, senseMonitors(line.state));
  holdWhatStood(line);
  return line;
}

/** The snapshot of a line that has just been committed; `hash` is the journal's head. */
export function snapshotOf(line: Line, hash: string) {
  return {
    facts: line.state.facts,
    intakeSeq: line.state.intakeSeq,
    hash,
    format: SNAPSHOT_FORMAT,
    state: bytesOf(line),
  };
}

/** The data plane alone of a line that has just been committed: what changes with every sample, and takes no time. */
export function senseSnapshotOf(line: Line, hash: string) {
  const { facts, intakeSeq, nowMs } = line.state;
  const saved: SavedSense = { nowMs, sense: saveLine(line).sense };
  return { facts, intakeSeq, hash, format: SNAPSHOT_FORMAT, state: new Uint8Array(serialize(saved)) };
}

interface SavedSense {
  nowMs: number;
  sense: SenseSnapshot;
}

/** The line as the writer saved it last; null when none of this version is there. */
export function savedLine(journal: Pick<Journal, 'loadSnapshot'>): Line | null {
  const kept = journal.loadSnapshot(SNAPSHOT_FORMAT);
  return kept && lineOf(kept.state);
}
