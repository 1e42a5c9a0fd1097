// A site's two planes as they stood when it last wrote: snapshot, then what came after.
import { deserialize, serialize } from 'node:v8';
import { evolveSite, type SiteState, upcastFact } from '#core/flow.ts';
import {
  createLine,
  type Line,
  type LineSnapshot,
  loadLine,
  refeed,
  saveLine,
  senseMonitors,
} from '#core/line.ts';
import { changeMonitors } from '#core/sense.ts';
import type { Journal } from '#ports/journal.ts';
import { factsByInput, inputs, type RowSource, SamplesExpired } from './inputs.ts';

/** Raised when the shape of any room's state or of the sense state changes; older snapshots are then discarded. */
export const SNAPSHOT_FORMAT = '2';

/** How a site came back, for the start line and `doctor`. */
export interface Recovery {
  line: Line;
  fromSnapshot: boolean;
  /** facts that the snapshot covers; 0 without one */
  snapshotFacts: number;
  facts: number;
  inputs: number;
  elapsedMs: number;
}

/**
 * Rebuilds the line from the journal. With a valid snapshot only later inputs are judged again; without one all are.
 * Where samples have expired, the control plane is folded from facts and the data plane starts fresh.
 * @param onSnapshot gets the bytes of a valid snapshot before they are read here
 */
export async function recover(
  journal: Journal,
  rows: RowSource,
  site: string,
  onSnapshot: (state: Uint8Array) => void = () => undefined,
): Promise<Recovery> {
  const startedMs = performance.now();
  const kept = journal.loadSnapshot(SNAPSHOT_FORMAT);
  if (kept) onSnapshot(kept.state);
  const restored = kept ? loadLine(deserialize(kept.state) as LineSnapshot) : null;
  let line = restored ?? createLine(site);
  let fromSnapshot = restored !== null;
  const fromFacts = restored && kept ? kept.facts : 0;
  const fromInput = restored && kept ? kept.intakeSeq : 0;
  const head = journal.head();
  try {
    await refeedAll(journal, rows, line, fromFacts, fromInput, head.intakeSeq);
  } catch (failure) {
    if (!(failure instanceof SamplesExpired)) throw failure;
    line = foldOnly(journal, site, head.intakeSeq);
    fromSnapshot = false;
  }
  return {
    line,
    fromSnapshot,
    snapshotFacts: fromSnapshot ? fromFacts : 0,
    facts: head.facts,
    inputs: head.intakeSeq - fromInput,
    elapsedMs: performance.now() - startedMs,
  };
}

async function refeedAll(
  journal: Journal,
  rows: RowSource,
  line: Line,
  fromFacts: number,
  fromInput: number,
  toInput: number,
): Promise<void> {
  const groups = factsByInput(journal, fromFacts + 1);
  let group = groups.next();
  for await (const input of inputs(journal, rows, fromInput + 1, toInput)) {
    const mine = !group.done && group.value.intakeSeq === input.seq ? group.value.facts : null;
    refeed(line, input, (mine ?? []).map(upcastFact));
    if (mine) group = groups.next();
  }
}

function foldOnly(journal: Journal, site: string, intakeSeq: number): Line {
  const line = createLine(site);
  for (const { facts } of factsByInput(journal, 1)) {
    for (const fact of facts) evolveSite(line.state, upcastFact(fact));
  }
  line.state.intakeSeq = intakeSeq;
  line.sense = changeMonitors(line.sense, line.state.acquire.signalAt.length, senseMonitors(line.state));
  return line;
}

/** The snapshot of a line that has just been committed; `hash` is the journal's head. */
export function snapshotOf(line: Line, hash: string) {
  return {
    facts: line.state.facts,
    intakeSeq: line.state.intakeSeq,
    hash,
    format: SNAPSHOT_FORMAT,
    state: new Uint8Array(serialize(saveLine(line))),
  };
}

/** The control plane of a snapshot's bytes: what a follower of the writer begins with. */
export function snapshotState(bytes: Uint8Array): SiteState {
  return (deserialize(bytes) as LineSnapshot).state;
}
