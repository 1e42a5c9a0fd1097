// What rests, for how long: once a plant day, single readings beyond their time expire, by a fact before they are dropped.
import { isRefusal } from '#vocabulary/refusal.ts';
import { DAY_MS, dayStartMs } from '#vocabulary/time.ts';
import type { Archive } from './archive.ts';
import type { Site } from './site.ts';

/** Whole days that stay in the files they were archived in; what is older lies in one file a day. */
const JOINED_AFTER_DAYS = 2;

export class Retention {
  readonly #site: Pick<Site, 'run' | 'nowMs'>;
  readonly #archive: Archive;
  readonly rawDays: number;
  #nextMs = 0;
  #looking: Promise<void> | null = null;

  constructor(site: Pick<Site, 'run' | 'nowMs'>, archive: Archive, rawDays: number) {
    this.#site = site;
    this.#archive = archive;
    this.rawDays = rawDays;
  }

  /**
   * Looks once a plant day. First the state from which the rest is replayed is saved, then the fact is written, then the
   * files go: a stop between two of these is made good the next time.
   */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const nowMs = this.#site.nowMs();
    if (nowMs < this.#nextMs) return;
    const beforeMs = dayStartMs(nowMs) - this.rawDays * DAY_MS;
    const due = await this.#archive.prepareExpiry(beforeMs);
    if (due) {
      const answer = await this.#site.run({
        id: `retention:${due.throughSeq}`,
        type: 'acquire.expire-samples',
        actor: 'rule:retention',
        data: due,
      });
      if (isRefusal(answer)) return;
      await this.#archive.expire(due.untilMs);
    }
    await this.#archive.compact(dayStartMs(nowMs) - JOINED_AFTER_DAYS * DAY_MS);
    this.#nextMs = dayStartMs(nowMs) + DAY_MS;
  }
}
