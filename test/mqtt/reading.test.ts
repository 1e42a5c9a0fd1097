import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PortFailure } from '#ports/failure.ts';
import { ADDRESS, connected, rigForEach, until } from './rig.ts';

const rig = rigForEach();

describe('a reading on its way in', () => {
  it('is acknowledged only after the site has committed it', async () => {
    let commit = () => {};
    rig.site.answer = () => new Promise((resolve) => (commit = resolve));
    const source = await rig.start();
    const client = rig.device();
    await connected(client);
    let acknowledged = false;
    const published = client
      .publishAsync(ADDRESS.topic, '21.5', { qos: 1 })
      .then(() => (acknowledged = true));
    await until(() => rig.site.accepted.length === 1);
    await pause(150);
    expect(acknowledged).toBe(false);
    expect(source.inFlight().messages).toBe(1);
    expect(source.lag()[0]).toMatchObject({ clientId: 'gateway-1', inFlight: 1 });
    commit();
    await published;
    expect(rig.site.accepted[0]).toEqual({
      clientId: 'gateway-1',
      topic: ADDRESS.topic,
      readings: [{ address: 0, value: 21.5, timeMs: null, quality: 0 }],
    });
    await until(() => source.inFlight().messages === 0);
  });

  it('is not acknowledged while the site cannot write, and comes again after reconnecting', async () => {
    let failing = true;
    rig.site.answer = () =>
      failing
        ? Promise.reject(new PortFailure('E-JOURNAL-001', 'disk full', 'free some', true))
        : Promise.resolve();
    const source = await rig.start();
    const client = rig.device({ reconnectPeriod: 20 });
    await connected(client);
    let acknowledged = false;
    const published = client.publishAsync(ADDRESS.topic, '1', { qos: 1 }).then(() => (acknowledged = true));
    await until(() => rig.site.accepted.length >= 3);
    expect(acknowledged).toBe(false);
    failing = false;
    await published;
    expect(source.counts.of('not-committed')).toBeGreaterThanOrEqual(3);
    expect(rig.site.values().every((value) => value === 1)).toBe(true);
  });

  it('does not overtake an earlier one that was not committed', async () => {
    let first = true;
    rig.site.answer = async () => {
      if (!first) return;
      first = false;
      await pause(30);
      throw new PortFailure('E-JOURNAL-001', 'disk full', 'free some', true);
    };
    await rig.start({ inFlightPerClient: 1 });
    const client = rig.device({ reconnectPeriod: 20 });
    await connected(client);
    await Promise.all(
      [1, 2, 3].map((value) => client.publishAsync(ADDRESS.topic, String(value), { qos: 1 })),
    );
    expect(rig.site.values()).toEqual([1, 1, 2, 3]);
  });

  it('comes in when messages are larger than every buffer on the way', async () => {
    const source = await rig.start();
    const client = rig.device();
    await connected(client);
    const payloads = Array.from({ length: 30 }, (_, i) => `${i}${' '.repeat(i * 10_000)}`);
    await Promise.all(payloads.map((payload) => client.publishAsync(ADDRESS.topic, payload, { qos: 1 })));
    expect(rig.site.values()).toEqual(payloads.map((_, i) => i));
    expect(source.inFlight()).toEqual({ messages: 0, bytes: 0 });
  });

  it('gives its place back when the connection ends in the middle', async () => {
    rig.site.answer = async () => {
      if (rig.site.accepted.length === 5) source.disconnect('gateway-1');
      await pause(20);
    };
    const source = await rig.start();
    const client = rig.device();
    await connected(client);
    const gone = new Promise<void>((resolve) => client.once('close', () => resolve()));
    for (let i = 0; i < 50; i++) client.publish(ADDRESS.topic, String(i), { qos: 1 });
    await gone;
    await pause(60);
    expect(source.inFlight()).toEqual({ messages: 0, bytes: 0 });
    expect(rig.site.accepted.length).toBe(5);
  });

  it('comes in with QoS 0 and QoS 2 too', async () => {
    await rig.start();
    const client = rig.device();
    await connected(client);
    await client.publishAsync(ADDRESS.topic, '1', { qos: 0 });
    await client.publishAsync(ADDRESS.topic, '2', { qos: 2 });
    expect(rig.site.values()).toEqual([1, 2]);
  });

  it('is counted and acknowledged when it cannot be read or nobody claims it', async () => {
    const source = await rig.start();
    const client = rig.device();
    await connected(client);
    await client.publishAsync(ADDRESS.topic, 'warm', { qos: 1 });
    await client.publishAsync('plant/p1/unknown', `7${'x'.repeat(300)}`, { qos: 1, retain: true });
    expect(rig.site.faults).toEqual(['E-MQTT-104']);
    expect(source.unclaimed().map(({ topic }) => topic)).toEqual(['plant/p1/unknown']);
    expect(rig.site.accepted).toEqual([]);
    expect(source.counts.of('retain-ignored')).toBe(1);
    expect(source.unclaimed()[0]).toMatchObject({
      topic: 'plant/p1/unknown',
      count: 1,
      clientId: 'gateway-1',
    });
    expect(source.unclaimed()[0]?.example.length).toBe(120);
  });

  it('is held back when too much is in flight, without loss and without stopping others', async () => {
    let release = () => {};
    const gateOpen = new Promise<void>((resolve) => (release = resolve));
    rig.site.answer = () =>
      rig.site.accepted.at(-1)?.clientId === 'gateway-1' ? gateOpen : Promise.resolve();
    const source = await rig.start({ inFlightPerClient: 10 });
    const busy = rig.device();
    const other = rig.device({ clientId: 'gateway-2', username: 'gateway-2' });
    await Promise.all([connected(busy), connected(other)]);
    const values = Array.from({ length: 200 }, (_, i) => i);
    const all = Promise.all(values.map((i) => busy.publishAsync(ADDRESS.topic, String(i), { qos: 1 })));
    await until(() => source.inFlight().messages === 10);
    await pause(100);
    expect(source.inFlight().messages).toBe(10);
    expect(source.lag().find((row) => row.clientId === 'gateway-1')?.heldBack).toBeGreaterThan(0);
    await other.publishAsync(ADDRESS.topic, '-1', { qos: 1 });
    release();
    await all;
    expect(rig.site.values().filter((value) => value >= 0)).toEqual(values);
    await until(() => source.inFlight().messages === 0);
  });

  it('is bounded over all devices together, and every device gets its turn', async () => {
    let open = 0;
    rig.site.answer = async () => {
      expect(++open).toBeLessThanOrEqual(6);
      await pause(1);
      open--;
    };
    await rig.start({ inFlightPerClient: 5, inFlightTotal: 6 });
    const names = ['gateway-1', 'gateway-2', 'gateway-3', 'gateway-4'];
    const devices = names.map((clientId) => rig.device({ clientId, username: clientId }));
    await Promise.all(devices.map(connected));
    await Promise.all(
      devices.flatMap((client) =>
        Array.from({ length: 50 }, (_, i) => client.publishAsync(ADDRESS.topic, String(i), { qos: 1 })),
      ),
    );
    expect(rig.site.accepted.length).toBe(200);
  });

  it('still gets its acknowledgement when the source stops in between', async () => {
    rig.site.answer = () => pause(100);
    const source = await rig.start();
    const client = rig.device();
    await connected(client);
    const published = client.publishAsync(ADDRESS.topic, '5', { qos: 1 });
    await until(() => rig.site.accepted.length === 1);
    await source.stop();
    expect(await published).toBeDefined();
  });
});
