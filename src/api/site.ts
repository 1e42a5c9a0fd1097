import type { SiteState } from '#core/flow.ts';
import type { Identity } from '#ports/identity.ts';
import type { PeopleStore } from '#ports/people.ts';
import type { Command } from '#vocabulary/command.ts';
import type { Refusal } from '#vocabulary/refusal.ts';

export interface Done {
  ok: true;
  /** facts that followed */
  facts: number;
  /** position in the journal after the command */
  seq: number;
}

/** One committed input: which stage words have news, up to which position of the journal. */
export interface SiteChange {
  seq: number;
  stages: string[];
}

/** The running site, as the API sees it. State is read, never written. */
export interface Site {
  /** Resolves after the commit; the same command id gets the same answer again. */
  run(command: Command): Promise<Done | Refusal>;
  state(): SiteState;
  /** calls back after each commit; returns a cancel function */
  subscribe(listener: (change: SiteChange) => void): () => void;
  /** plant time */
  nowMs(): number;
  /** false while the journal is being read back or cannot be written, with the reason in words */
  ready(): { ready: boolean; why: string };
}

/** What the routes work with. */
export interface Rooms {
  site: Site;
  identity: Identity;
  people: PeopleStore;
}
