import { MAX_REMEMBERED_CLIENTS, type MqttLimits } from './limits.ts';

/** Wrong sign-ins per address and client id: past the limit further ones are refused unseen until the window has passed. */
export class Attempts {
  readonly #limits: MqttLimits;
  readonly #failures = new Map<string, { count: number; sinceMs: number }>();

  constructor(limits: MqttLimits) {
    this.#limits = limits;
  }

  /** @param nowMs monotonic */
  locked(address: string, clientId: string, nowMs: number): boolean {
    const entry = this.#failures.get(`${address} ${clientId}`);
    if (!entry) return false;
    return entry.count >= this.#limits.failures && nowMs - entry.sinceMs < this.#limits.failureWindowMs;
  }

  failed(address: string, clientId: string, nowMs: number): void {
    const key = `${address} ${clientId}`;
    const entry = this.#failures.get(key);
    this.#failures.delete(key);
    if (!entry && this.#failures.size >= MAX_REMEMBERED_CLIENTS)
      this.#failures.delete(this.#failures.keys().next().value as string);
    const stale = !entry || nowMs - entry.sinceMs >= this.#limits.failureWindowMs;
    this.#failures.set(key, { count: stale ? 1 : entry.count + 1, sinceMs: stale ? nowMs : entry.sinceMs });
  }

  passed(address: string, clientId: string): void {
    this.#failures.delete(`${address} ${clientId}`);
  }
}
