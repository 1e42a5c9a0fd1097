import type { UnclaimedTopic } from '#ports/source.ts';

export const MAX_UNCLAIMED_TOPICS = 1_000;
export const EXAMPLE_CHARACTERS = 120;
/** Time constant of the shown rate, ms. */
const RATE_WINDOW_MS = 60_000;

/** Topics that no monitor claims: the newest 1,000 by last message. Payloads are not kept but for one cut example. */
export class UnclaimedTopics {
  readonly #topics = new Map<string, UnclaimedTopic>();
  /** topics pushed out by newer ones */
  forgotten = 0;

  seen(clientId: string, topic: string, example: string, nowMs: number): void {
    const known = this.#topics.get(topic);
    // deleting first moves a topic to the end, so that the first key is the longest unseen
    if (known) this.#topics.delete(topic);
    else if (this.#topics.size >= MAX_UNCLAIMED_TOPICS) {
      this.#topics.delete(this.#topics.keys().next().value as string);
      this.forgotten++;
    }
    const entry = known ?? {
      topic,
      clientId,
      count: 0,
      ratePerS: 0,
      firstSeenMs: nowMs,
      lastSeenMs: nowMs,
      example,
    };
    entry.ratePerS = decayed(entry, nowMs) + 1_000 / RATE_WINDOW_MS;
    entry.count++;
    entry.clientId = clientId;
    entry.lastSeenMs = nowMs;
    entry.example = example;
    this.#topics.set(topic, entry);
  }

  /** The topic is claimed now. */
  forget(topic: string): void {
    this.#topics.delete(topic);
  }

  /** Newest first, rates as of `nowMs`. */
  rows(nowMs: number): UnclaimedTopic[] {
    return [...this.#topics.values()]
      .toReversed()
      .map((entry) => ({ ...entry, ratePerS: decayed(entry, nowMs) }));
  }
}

function decayed(entry: UnclaimedTopic, nowMs: number): number {
  return entry.ratePerS * Math.exp(-Math.max(0, nowMs - entry.lastSeenMs) / RATE_WINDOW_MS);
}

/** The beginning of a payload for people: text cut to 120 characters, or its size when it is not text. */
export function exampleOf(payload: Uint8Array): string {
  // four bytes a character at most; a character cut in the middle shows as the replacement sign
  const head = payload.subarray(0, EXAMPLE_CHARACTERS * 4);
  const text = new TextDecoder().decode(head);
  const strange = text.split('\uFFFD').length - 1;
  if (strange > text.length / 10 + 1) return `(${payload.length} bytes, not text)`;
  const plain = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  return plain.length <= EXAMPLE_CHARACTERS ? plain : `${plain.slice(0, EXAMPLE_CHARACTERS - 1)}…`;
}
