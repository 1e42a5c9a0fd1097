import { stat } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { IClientOptions } from 'mqtt';
import { describe, expect, it } from 'vitest';
import { MqttSource } from '#adapters/sources/mqtt/broker.ts';
import { ADDRESS, closed, connected, connectPacket, rigForEach, SECRET, until } from './rig.ts';

const rig = rigForEach();

describe('who is let in', () => {
  it('nobody without user name, with a wrong secret, or under another name', async () => {
    const source = await rig.start();
    const refused = [
      { username: undefined, password: undefined },
      { password: 'wrong' },
      { username: 'gateway-2' },
      { clientId: '' },
    ] as Partial<IClientOptions>[];
    for (const options of refused) {
      await expect(connected(rig.device(options))).rejects.toThrow(/not authorized|Bad username/i);
    }
    expect(source.counts.of('anonymous')).toBe(1);
    expect(source.counts.of('credentials-wrong')).toBe(1);
    expect(source.counts.of('identity-mismatch')).toBe(2);
    expect(source.counts.of('signed-in')).toBe(0);
  });

  it('refuses further guesses of one address for one client unseen', async () => {
    const source = await rig.start({ failures: 3 });
    for (let i = 0; i < 5; i++)
      await expect(connected(rig.device({ password: 'wrong' }))).rejects.toThrow(
        /Not authorized|Bad username/i,
      );
    expect(source.counts.of('credentials-wrong')).toBe(3);
    expect(source.counts.of('credentials-locked')).toBe(2);
    await connected(rig.device({ clientId: 'gateway-2', username: 'gateway-2' }));
  });

  it.each(['foreign/topic', '$SYS/x', 'cmd/gateway-1/x'])('no message on %s', async (topic) => {
    rig.site.mayPublish = (_clientId, asked) => topic !== 'foreign/topic' || asked.startsWith('plant/');
    const source = await rig.start();
    const client = rig.device();
    await connected(client);
    const gone = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.publish(topic, '1', { qos: 1 });
    await gone;
    expect(source.counts.of('topic-refused')).toBe(1);
    expect(rig.site.accepted).toEqual([]);
    expect(source.unclaimed()).toEqual([]);
  });

  it('no subscription but to its own commands', async () => {
    const source = await rig.start();
    const client = rig.device();
    await connected(client);
    for (const filter of ['#', '+/+/+', '$SYS/#', 'plant/#', 'cmd/gateway-2/#', 'cmd/#', 'cmd/+/#']) {
      await expect(client.subscribeAsync(filter)).rejects.toThrow('Unspecified error');
    }
    const granted = await client.subscribeAsync('cmd/gateway-1/#');
    expect(granted[0]?.qos).toBe(0);
    expect(source.counts.of('subscribe-refused')).toBe(7);
  });

  it('no last will and no kept session', async () => {
    const source = await rig.start();
    const client = rig.device({
      clean: false,
      will: { topic: ADDRESS.topic, payload: Buffer.from('99'), qos: 1, retain: true },
    });
    await connected(client);
    client.stream.destroy();
    await pause(50);
    expect(rig.site.accepted).toEqual([]);
    expect(source.counts.of('will-ignored')).toBe(1);
    expect(source.counts.of('session-not-kept')).toBe(1);
  });

  it('ends a connection at once on demand', async () => {
    const source = await rig.start();
    const client = rig.device();
    await connected(client);
    const gone = new Promise<void>((resolve) => client.once('close', () => resolve()));
    source.disconnect('gateway-1');
    await gone;
    expect(source.counts.of('clients-disconnected')).toBe(1);
  });

  it('no plain TCP, no TLS 1.1, no foreign authority', async () => {
    const source = await rig.start();
    const plain = net.connect(rig.port, '127.0.0.1', () => plain.write(connectPacket('gateway-1', SECRET)));
    plain.on('error', () => {});
    rig.track(plain);
    let answer = 0;
    plain.on('data', (chunk: Buffer) => (answer = chunk[0] as number));
    await closed(plain);
    // a TLS alert (21) may come back, a CONNACK (32) may not
    expect(answer).not.toBe(0x20);
    await expect(rig.rawTls({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' })).rejects.toThrow(
      'closed before the handshake',
    );
    await expect(connected(rig.device({ ca: [] as never }))).rejects.toThrow(/certificate/);
    await until(() => source.counts.of('tls-refused') === 3);
    expect(source.counts.of('signed-in')).toBe(0);
  });

  it('keeps keys to itself and trust over restarts', async () => {
    let source = await rig.start();
    const first = source.certificate;
    expect(first?.issued).toBe(true);
    for (const key of ['ca.key', 'server.key']) {
      expect((await stat(join(rig.folder, 'keys', 'mqtt', key))).mode & 0o777).toBe(0o600);
    }
    await source.stop();
    source = await rig.start();
    expect(source.certificate).toEqual({ ...first, issued: false });
    await connected(rig.device());
  });

  it('names what is wrong when the port is taken', async () => {
    await rig.start();
    const second = new MqttSource({ sink: rig.site, gate: rig.site, dataFolder: rig.folder, port: rig.port });
    await expect(second.start()).rejects.toThrow(`MQTT cannot listen on 127.0.0.1 port ${rig.port}`);
    await second.stop();
  });
});
