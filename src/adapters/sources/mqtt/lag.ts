import { MAX_REMEMBERED_CLIENTS } from './limits.ts';

export interface ClientLag {
  clientId: string;
  connected: boolean;
  messages: number;
  readings: number;
  lastReceivedMs: number | null;
  /** receive time minus the newest source time of the last message, ms; negative when the device's clock is ahead; null without source times */
  lagMs: number | null;
  /** messages handed to the site and not yet committed */
  inFlight: number;
  /** how long the oldest of them has waited, ms */
  oldestInFlightMs: number;
  /** times the sender was held back */
  heldBack: number;
}

interface Entry extends ClientLag {
  /** begin of each message in flight, in order of arrival */
  begun: Set<{ atMs: number }>;
}

/** How far each device is behind: its own delay, and what waits here for a commit. */
export class LagBook {
  readonly #clients = new Map<string, Entry>();

  connected(clientId: string, isConnected: boolean): void {
    this.#entry(clientId).connected = isConnected;
  }

  heldBack(clientId: string): void {
    this.#entry(clientId).heldBack++;
  }

  /** A message arrived. @returns to be called when the site has answered */
  begin(clientId: string, nowMs: number): () => void {
    const entry = this.#entry(clientId);
    const begun = { atMs: nowMs };
    entry.messages++;
    entry.lastReceivedMs = nowMs;
    entry.begun.add(begun);
    return () => entry.begun.delete(begun);
  }

  /** @param newestSourceMs newest source time of the message, null when it has none */
  readings(clientId: string, count: number, newestSourceMs: number | null, nowMs: number): void {
    const entry = this.#entry(clientId);
    entry.readings += count;
    if (newestSourceMs !== null) entry.lagMs = nowMs - newestSourceMs;
  }

  rows(nowMs: number): ClientLag[] {
    return [...this.#clients.values()].map(({ begun, ...entry }) => {
      const oldest = begun.values().next().value;
      return {
        ...entry,
        inFlight: begun.size,
        oldestInFlightMs: oldest ? Math.max(0, nowMs - oldest.atMs) : 0,
      };
    });
  }

  #entry(clientId: string): Entry {
    const known = this.#clients.get(clientId);
    if (known) return known;
    if (this.#clients.size >= MAX_REMEMBERED_CLIENTS) this.#forgetOne();
    const entry: Entry = {
      clientId,
      connected: false,
      messages: 0,
      readings: 0,
      lastReceivedMs: null,
      lagMs: null,
      inFlight: 0,
      oldestInFlightMs: 0,
      heldBack: 0,
      begun: new Set(),
    };
    this.#clients.set(clientId, entry);
    return entry;
  }

  #forgetOne(): void {
    for (const [clientId, entry] of this.#clients) {
      if (entry.connected || entry.begun.size > 0) continue;
      this.#clients.delete(clientId);
      return;
    }
  }
}
