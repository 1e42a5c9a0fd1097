import type { Changed } from '../../src/api/contract.ts';
import type { QueryClient } from '@tanstack/react-query';

const GATHER_MS = 400;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

export type Connection = { state: 'connecting' } | { state: 'live' } | { state: 'lost'; sinceMs: number };

/** Pages that look across all stages: any change may be theirs. */
const ACROSS = new Set(['today', 'line']);

/**
 * Listens to `/api/v1/events` and makes stale what changed. Bursts are gathered, so that a busy plant asks
 * for each list at most a few times a second. After a lost connection everything is asked again, because
 * what was told in between was not heard.
 */
export class Changes {
  private readonly queries: QueryClient;
  private readonly path: string;
  private source: EventSource | null = null;
  private readonly waiting = new Set<string>();
  private gather: ReturnType<typeof setTimeout> | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private retryMs = FIRST_RETRY_MS;
  private heardBefore = false;
  private resting = false;
  private now: Connection = { state: 'connecting' };
  private readonly listeners = new Set<() => void>();

  constructor(queries: QueryClient, path = '/api/v1/events') {
    this.queries = queries;
    this.path = path;
  }

  readonly subscribe = (tell: () => void): (() => void) => {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  };

  readonly connection = (): Connection => this.now;

  open(): void {
    if (this.source) return;
    this.resting = false;
    this.retry = null;
    const source = new EventSource(this.path);
    this.source = source;
    source.addEventListener('open', () => {
      this.retryMs = FIRST_RETRY_MS;
      if (this.heardBefore) void this.queries.invalidateQueries();
      this.heardBefore = true;
      this.become({ state: 'live' });
    });
    source.addEventListener('changed', (event) => this.hear(event.data));
    source.addEventListener('error', () => {
      source.close();
      this.source = null;
      if (this.now.state !== 'lost') this.become({ state: 'lost', sinceMs: Date.now() });
      this.retry ??= setTimeout(() => this.open(), this.retryMs);
      this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
    });
  }

  /** Tries at once; for "Try now", focus and the browser's own word that the network is back. */
  hurry(): void {
    if (this.source) return;
    if (this.retry) clearTimeout(this.retry);
    this.retryMs = FIRST_RETRY_MS;
    this.open();
  }

  /** Lets go of the stream when the page is left; the browser may keep it, and its connection, for going back. */
  rest(): void {
    this.resting ||= this.source !== null || this.retry !== null;
    this.close();
  }

  /** Takes up again what `rest` let go; everything is asked anew. */
  back(): void {
    if (this.resting) this.open();
  }

  close(): void {
    this.source?.close();
    this.source = null;
    for (const timer of [this.retry, this.gather]) if (timer) clearTimeout(timer);
    this.retry = null;
    this.gather = null;
  }

  private hear(data: string): void {
    let told: Changed;
    try {
      told = JSON.parse(data) as Changed;
    } catch {
      return;
    }
    if (!told.stages?.length) return;
    for (const stage of told.stages) this.waiting.add(stage);
    this.gather ??= setTimeout(() => {
      this.gather = null;
      const stages = new Set(this.waiting);
      this.waiting.clear();
      void this.queries.invalidateQueries({
        predicate: ({ queryKey }) => stages.has(String(queryKey[0])) || ACROSS.has(String(queryKey[0])),
      });
    }, GATHER_MS);
  }

  private become(next: Connection): void {
    this.now = next;
    for (const tell of this.listeners) tell();
  }
}
