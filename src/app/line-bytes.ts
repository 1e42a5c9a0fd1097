// The whole line as bytes: what snapshots and the replay base hold.
import { deserialize, serialize } from 'node:v8';
import type { SiteState } from '#core/flow.ts';
import { type Line, loadLine, saveLine } from '#core/line.ts';
import type { SenseSnapshot } from '#core/sense.ts';
import { pack, type Packed, unpack } from './snapshot-codec.ts';

interface Saved {
  state: Packed;
  sense: SenseSnapshot;
}

export function bytesOf(line: Line): Uint8Array {
  const { state, sense } = saveLine(line);
  return new Uint8Array(serialize({ state: pack(state), sense } satisfies Saved));
}

/** @returns null when the data plane does not fit its monitors */
export function lineOf(bytes: Uint8Array): Line | null {
  const { state, sense } = deserialize(bytes) as Saved;
  return loadLine({ state: unpack(state) as SiteState, sense });
}

/** The control plane of a snapshot's bytes: what a follower of the writer begins with. */
export function snapshotState(bytes: Uint8Array): SiteState {
  return unpack((deserialize(bytes) as Saved).state) as SiteState;
}
