/** Under this much real time a rate cannot be told from the delay of an answer. */
const SHORTEST_MS = 4_000;

interface Reading {
  plantMs: number;
  clockMs: number;
}

/** What `Plant` needs to tell the time. */
export interface Told {
  plantNowMs: number;
  clockReadMs: number;
  rate: number;
}

/**
 * Tells plant time between two answers of the server. A simulated plant may run faster than this machine's
 * clock, or stand still while recorded data are played; the rate is read off the answers themselves.
 */
export class PlantClock {
  private first: Reading | null = null;
  private last: Reading | null = null;
  private now: Told = { plantNowMs: Date.now(), clockReadMs: Date.now(), rate: 1 };
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (tell: () => void): (() => void) => {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  };

  /** Before the first answer plant time is this machine's. */
  readonly told = (): Told => this.now;

  /** @param plantMs plant time in an answer @param clockMs this machine's clock when it came */
  hear(plantMs: number, clockMs: number): void {
    if (this.last?.clockMs === clockMs) return;
    // Plant time that jumped back belongs to another plant: begin anew.
    if (this.last && plantMs < this.last.plantMs) this.first = null;
    this.first ??= { plantMs, clockMs };
    this.last = { plantMs, clockMs };
    const realMs = clockMs - this.first.clockMs;
    const rate = realMs >= SHORTEST_MS ? roundRate((plantMs - this.first.plantMs) / realMs) : this.now.rate;
    this.now = { plantNowMs: plantMs, clockReadMs: clockMs, rate };
    for (const tell of this.listeners) tell();
  }
}

/** Rates are whole numbers by design: 1 on a real plant, 60 in the demo, 0 while recorded data wait. */
function roundRate(measured: number): number {
  return Math.max(0, Math.round(measured));
}
