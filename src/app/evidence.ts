// What is kept for good around each alert: asked for when it is raised, copied once its window has been archived.
import type { AlertRaised } from '#alert/events.ts';
import type { SiteState } from '#core/flow.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import type { Archive } from './archive.ts';

/** Kept this long before the condition began, and after it was raised. */
const BEFORE_MS = 48 * HOUR_MS;
const AFTER_MS = HOUR_MS;
/** After a start, alerts raised within this time are asked for again: copying twice gives the same file. */
const ASK_AGAIN_MS = 2 * DAY_MS;

interface Wanted {
  alertId: string;
  signal: number;
  fromMs: number;
  toMs: number;
}

export class Evidence {
  readonly #archive: Archive;
  readonly #state: () => SiteState;
  readonly #wanted = new Map<string, Wanted>();

  constructor(archive: Archive, state: () => SiteState) {
    this.#archive = archive;
    this.#state = state;
    const { alert, nowMs } = state();
    for (const raised of alert.alerts.values()) {
      if (raised.raisedAtMs >= nowMs - ASK_AGAIN_MS) this.#want(raised);
    }
  }

  take(facts: readonly Recorded[]): void {
    for (const fact of facts) if (fact.type === 'alert.raised') this.#want(fact.data as AlertRaised);
  }

  /** Copies every window that lies in the archive whole. What fails stays wanted and is tried with the next archive. */
  async keep(nowMs: number): Promise<void> {
    for (const wanted of [...this.#wanted.values()]) {
      if (wanted.toMs > nowMs) continue;
      await this.#archive.keepEvidence(wanted.alertId, wanted.signal, wanted.fromMs, wanted.toMs);
      this.#wanted.delete(wanted.alertId);
    }
  }

  #want({ alertId, monitorId, conditionSinceMs, raisedAtMs }: AlertRaised): void {
    const { acquire } = this.#state();
    const signal = acquire.index.get(acquire.signalsOf.get(monitorId)?.[0] ?? '');
    if (signal === undefined) return;
    const fromMs = conditionSinceMs - BEFORE_MS;
    this.#wanted.set(alertId, { alertId, signal, fromMs, toMs: raisedAtMs + AFTER_MS });
  }
}
