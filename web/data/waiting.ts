import { Problem, type ProblemWords } from './refusal.ts';
import type { Method } from './request.ts';

/** What leaves this device; the same shape for every kind of change. */
export interface Sendable {
  method: Method;
  path: string;
  body: unknown;
  idempotencyKey: string;
}

/** A change made here that the server has not confirmed. */
export interface WaitingChange extends Sendable {
  /** Whose change it is: nobody else's session may send it. */
  personId: string;
  /** "WO-4471 finished" */
  title: string;
  /** "Worn as stated, 2 photos (1.8 MB)" */
  detail: string;
  madeAtMs: number;
  /** Set when the server said no: a person must decide, it is not tried again by itself. */
  refused?: ProblemWords;
}

export type Send = (change: Sendable) => Promise<unknown>;

export interface Waiting {
  changes: readonly WaitingChange[];
  lastSentMs: number | null;
  sentToday: number;
}

/** A device that collects more than this without a network for days should say so, not fill up. */
export const MOST_WAITING = 500;

const DATABASE = 'throughline';
const STORE = 'waiting';
const LOCK = 'throughline-send';

function done<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.addEventListener('success', () => resolve(asked.result));
    asked.addEventListener('error', () =>
      reject(asked.error ?? new Error('The store of this device does not answer')),
    );
  });
}

/**
 * Changes that wait on this device, oldest first, in IndexedDB: they outlive a closed page and a flat battery.
 * Each has its idempotency key from the first moment, so a send whose answer was lost is no second finding.
 */
export class WaitingChanges {
  private database: Promise<IDBDatabase> | null = null;
  private queued: Promise<void> | null = null;
  private readonly send: Send;
  private readonly personId: () => string | null;
  private now: Waiting = { changes: [], lastSentMs: null, sentToday: 0 };
  private readonly listeners = new Set<() => void>();

  constructor(send: Send, personId: () => string | null) {
    this.send = send;
    this.personId = personId;
  }

  readonly subscribe = (tell: () => void): (() => void) => {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  };

  readonly current = (): Waiting => this.now;

  /** Keeps the change first and sends it then. @throws Problem E-WEB-010 when the device holds too many */
  async add(
    change: Omit<WaitingChange, 'madeAtMs' | 'idempotencyKey' | 'personId'> & { idempotencyKey?: string },
  ) {
    const personId = this.personId();
    if (personId === null)
      throw this.refuse('Nobody is signed in', 'E-WEB-011', 'Sign in, then enter it again.');
    const store = await this.store('readwrite');
    if ((await done(store.count())) >= MOST_WAITING) {
      throw this.refuse(
        `${MOST_WAITING} changes wait on this device already`,
        'E-WEB-010',
        'Bring the device to a network; what waits is sent by itself.',
      );
    }
    const whole: WaitingChange = {
      ...change,
      personId,
      idempotencyKey: change.idempotencyKey ?? crypto.randomUUID(),
      madeAtMs: Date.now(),
    };
    await done(store.put(whole));
    await this.reload();
    void this.flush();
    return whole.idempotencyKey;
  }

  /**
   * Sends what waits, oldest first; stops at the first sign that nobody answers. One tab sends at a time, and a
   * call during a run stands in line once, so that what was added meanwhile goes too.
   */
  flush(): Promise<void> {
    this.queued ??= navigator.locks.request(LOCK, async () => {
      this.queued = null;
      await this.reload();
      for (const change of this.now.changes) {
        if (change.refused) continue;
        if (!(await this.sendOne(change))) break;
      }
      await this.reload();
    });
    return this.queued;
  }

  /** Tries a refused change once more, after a person looked at it. */
  async again(key: string): Promise<void> {
    const store = await this.store('readwrite');
    const found = (await done(store.get(key))) as WaitingChange | undefined;
    if (!found) return;
    delete found.refused;
    await done(store.put(found));
    await this.flush();
  }

  /** Drops a change for good; only a person's word does that. */
  async drop(key: string): Promise<void> {
    await done((await this.store('readwrite')).delete(key));
    await this.reload();
  }

  async reload(): Promise<void> {
    const all = (await done((await this.store('readonly')).getAll())) as WaitingChange[];
    const mine = all.filter((change) => change.personId === this.personId());
    mine.sort((a, b) => a.madeAtMs - b.madeAtMs);
    this.become({ ...this.now, changes: mine });
  }

  /** @returns false when sending more now is useless */
  private async sendOne(change: WaitingChange): Promise<boolean> {
    const { method, path, body, idempotencyKey } = change;
    try {
      await this.send({ method, path, body, idempotencyKey });
    } catch (thrown) {
      if (!(thrown instanceof Problem) || thrown.kind !== 'refused') return false;
      await done((await this.store('readwrite')).put({ ...change, refused: thrown.words }));
      return true;
    }
    await done((await this.store('readwrite')).delete(idempotencyKey));
    const today = new Date().toDateString();
    const before = this.now.lastSentMs;
    const sameDay = before !== null && new Date(before).toDateString() === today;
    this.become({ ...this.now, lastSentMs: Date.now(), sentToday: sameDay ? this.now.sentToday + 1 : 1 });
    return true;
  }

  private refuse(title: string, code: string, mend: string): Problem {
    return new Problem('refused', 0, { title, detail: 'The change was not kept.', code, mend });
  }

  private async store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    this.database ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open(DATABASE, 1);
      asked.addEventListener('upgradeneeded', () => {
        asked.result.createObjectStore(STORE, { keyPath: 'idempotencyKey' });
      });
      done(asked).then(resolve, reject);
    });
    return (await this.database).transaction(STORE, mode).objectStore(STORE);
  }

  private become(next: Waiting): void {
    this.now = next;
    for (const tell of this.listeners) tell();
  }
}
