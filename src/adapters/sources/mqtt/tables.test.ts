import { describe, expect, it } from 'vitest';
import { Attempts } from './attempts.ts';
import { LagBook } from './lag.ts';
import { MAX_REMEMBERED_CLIENTS, MQTT_LIMITS } from './limits.ts';
import { EXAMPLE_CHARACTERS, exampleOf, MAX_UNCLAIMED_TOPICS, UnclaimedTopics } from './unclaimed.ts';

describe('unclaimed topics', () => {
  it('are bounded; the longest unseen goes first', () => {
    const topics = new UnclaimedTopics();
    for (let i = 0; i < MAX_UNCLAIMED_TOPICS; i++) topics.seen('c', `t/${i}`, '1', i);
    topics.seen('c', 't/0', '2', 5_000);
    topics.seen('d', 't/new', '3', 6_000);
    const rows = topics.rows(6_000);
    expect(rows.length).toBe(MAX_UNCLAIMED_TOPICS);
    expect(rows[0]).toMatchObject({ topic: 't/new', clientId: 'd', count: 1, firstSeenMs: 6_000 });
    expect(rows[1]).toMatchObject({
      topic: 't/0',
      count: 2,
      firstSeenMs: 0,
      lastSeenMs: 5_000,
      example: '2',
    });
    expect(rows.some((row) => row.topic === 't/1')).toBe(false);
    expect(topics.forgotten).toBe(1);
  });

  it('show a rate that settles at the true one and fades', () => {
    const topics = new UnclaimedTopics();
    for (let second = 0; second < 600; second += 0.5) topics.seen('c', 't', '1', second * 1_000);
    expect(topics.rows(600_000)[0]?.ratePerS).toBeCloseTo(2, 1);
    expect(topics.rows(900_000)[0]?.ratePerS).toBeLessThan(0.02);
  });

  it('show an example that is short and harmless', () => {
    expect(exampleOf(Buffer.from('21.5'))).toBe('21.5');
    expect(exampleOf(Buffer.from('a\u0000b\u001b[31mc\u202ed'))).toBe('a b [31mc d');
    expect(exampleOf(Buffer.from('x'.repeat(1_000_000))).length).toBe(EXAMPLE_CHARACTERS);
    expect(exampleOf(Buffer.from([1, 200, 220, 255, 240, 199, 3]))).toBe('(7 bytes, not text)');
  });
});

describe('lag', () => {
  it('is receive time minus newest source time, beside what waits for a commit', () => {
    const book = new LagBook();
    book.connected('a', true);
    const first = book.begin('a', 10_000);
    const second = book.begin('a', 11_000);
    book.readings('a', 3, 4_000, 11_000);
    expect(book.rows(12_000)).toEqual([
      {
        clientId: 'a',
        connected: true,
        messages: 2,
        readings: 3,
        lastReceivedMs: 11_000,
        lagMs: 7_000,
        inFlight: 2,
        oldestInFlightMs: 2_000,
        heldBack: 0,
      },
    ]);
    first();
    expect(book.rows(12_000)[0]).toMatchObject({ inFlight: 1, oldestInFlightMs: 1_000 });
    second();
    expect(book.rows(12_000)[0]).toMatchObject({ inFlight: 0, oldestInFlightMs: 0 });
  });

  it('forgets clients that are gone before those that are here', () => {
    const book = new LagBook();
    book.connected('here', true);
    for (let i = 0; i < MAX_REMEMBERED_CLIENTS; i++) book.connected(`c${i}`, false);
    const rows = book.rows(0);
    expect(rows.length).toBe(MAX_REMEMBERED_CLIENTS);
    expect(rows[0]?.clientId).toBe('here');
    expect(rows.some((row) => row.clientId === 'c0')).toBe(false);
  });
});

describe('sign-in attempts', () => {
  it('lock one address for one client until the window has passed', () => {
    const attempts = new Attempts({ ...MQTT_LIMITS, failures: 2, failureWindowMs: 1_000 });
    attempts.failed('1.1.1.1', 'a', 0);
    expect(attempts.locked('1.1.1.1', 'a', 0)).toBe(false);
    attempts.failed('1.1.1.1', 'a', 500);
    expect(attempts.locked('1.1.1.1', 'a', 999)).toBe(true);
    expect(attempts.locked('1.1.1.2', 'a', 999)).toBe(false);
    expect(attempts.locked('1.1.1.1', 'b', 999)).toBe(false);
    expect(attempts.locked('1.1.1.1', 'a', 1_000)).toBe(false);
    attempts.failed('1.1.1.1', 'a', 1_100);
    expect(attempts.locked('1.1.1.1', 'a', 1_100)).toBe(false);
  });
});
