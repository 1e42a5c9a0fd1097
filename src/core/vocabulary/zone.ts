const SLOT_MS = 900_000;
const DAY_MS = 86_400_000;

/**
 * Turns times on a zone's wall clock into instants, by the zone rules of the runtime.
 *
 * An hour that clocks repeat names two instants: the earlier is taken, unless it does not lie after the
 * row before it, so that rows in order stay in order. An hour that clocks skip names none: the time is
 * read with the offset from before the change (02:30 becomes 03:30). Both are counted.
 */
export class Zone {
  repeated = 0;
  skipped = 0;
  readonly #format: Intl.DateTimeFormat | null;
  readonly #offsets = new Map<number, number>();

  /** @throws RangeError when the runtime knows no such zone */
  constructor(name: string) {
    this.#format =
      name === 'UTC'
        ? null
        : new Intl.DateTimeFormat('en-US', {
            timeZone: name,
            calendar: 'gregory',
            hourCycle: 'h23',
            year: 'numeric',
            month: 'numeric',
            day: 'numeric',
            hour: 'numeric',
            minute: 'numeric',
            second: 'numeric',
          });
  }

  /**
   * @param wallMs the wall clock's reading, as ms since 1970 if it ran in UTC
   * @param beforeMs instant of the row before, or NaN
   */
  instantMs(wallMs: number, beforeMs: number): number {
    if (this.#format === null) return wallMs;
    const before = this.#offsetMs(wallMs - DAY_MS);
    const after = this.#offsetMs(wallMs + DAY_MS);
    const early = wallMs - Math.max(before, after);
    const late = wallMs - Math.min(before, after);
    const earlyIs = this.#offsetMs(early) === wallMs - early;
    const lateIs = this.#offsetMs(late) === wallMs - late;
    if (earlyIs && lateIs && early !== late) {
      this.repeated++;
      return early <= beforeMs ? late : early;
    }
    if (earlyIs) return early;
    if (lateIs) return late;
    this.skipped++;
    return wallMs - before;
  }

  /** Offset from UTC at an instant, ms. Zones change theirs on quarter hours, so one look serves a quarter. */
  #offsetMs(instantMs: number): number {
    const slot = Math.floor(instantMs / SLOT_MS);
    const known = this.#offsets.get(slot);
    if (known !== undefined) return known;
    const at = slot * SLOT_MS;
    const part: Record<string, number> = {};
    for (const { type, value } of (this.#format as Intl.DateTimeFormat).formatToParts(at)) {
      part[type] = Number(value);
    }
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) - at;
    if (this.#offsets.size >= MAX_SLOTS_KEPT) this.#offsets.clear();
    this.#offsets.set(slot, offset);
    return offset;
  }
}

const MAX_SLOTS_KEPT = 100_000;
