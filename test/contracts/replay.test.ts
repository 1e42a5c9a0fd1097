import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Devices } from '#adapters/identity/devices/devices.ts';
import { MqttSource } from '#adapters/sources/mqtt/broker.ts';
import { runCommandLine } from '#cli/main.ts';
import { PortFailure } from '#ports/failure.ts';
import type { SourceReading, SourceSink } from '#ports/source.ts';

const TOPIC = 'plant/press/temperature';
const ADDRESS = {
  source: 'mqtt',
  topic: TOPIC,
  valuePath: 'value',
  timePath: 'time',
  qualityPath: null,
  batchPath: '',
};
const NAB = resolve(
  process.env['THROUGHLINE_DATA'] ?? '../shared/data',
  'nab/machine_temperature_system_failure.csv',
);

let folder: string;
let source: MqttSource;
let devices: Devices;
let secretFile: string;
let url: string;
let readings: SourceReading[];
let faults: string[];
let answer: () => Promise<void>;

const sink: SourceSink = {
  addresses: (topic) => (topic === TOPIC ? [ADDRESS] : []),
  async accept(_clientId, _topic, message) {
    await answer();
    readings.push(...message);
  },

  malformed(_clientId, _topic, code) {
    faults.push(code);
  },
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-replay-'));
  readings = [];
  faults = [];
  answer = () => Promise.resolve();
  devices = await Devices.open(folder);
  source = new MqttSource({ sink, gate: devices, dataFolder: folder, port: 0, limits: { retryPauseMs: 0 } });
  devices.onRevoked((clientId) => source.disconnect(clientId));
  const { port } = await source.start();
  url = `mqtts://127.0.0.1:${port}`;
  secretFile = join(folder, 'secret');
  await writeFile(secretFile, await devices.enrol('gateway-1', ['plant/press/+'], 0), { mode: 0o600 });
});

afterEach(async () => {
  await source.stop();
  await rm(folder, { recursive: true });
});

async function csv(rows: string[], header = 'timestamp,value'): Promise<string> {
  const file = join(folder, 'recorded.csv');
  await writeFile(file, `${header}\n${rows.join('\n')}\n`);
  return file;
}

function manyRows(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${new Date(i * 60_000).toISOString()},${i}`);
}

async function replay(file: string, ...more: string[]) {
  let out = '';
  let err = '';
  const given = {
    '--url': url,
    '--ca': source.certificate?.caFile as string,
    '--client': 'gateway-1',
    '--secret-file': secretFile,
    '--topic': TOPIC,
  };
  const words = Object.entries(given).flatMap(([name, value]) => (more.includes(name) ? [] : [name, value]));
  const exit = await runCommandLine(['replay', file, ...words, ...more], {
    out: { write: (text) => (out += text) },
    err: { write: (text) => (err += text) },
    env: {},
    commands: [{ name: 'replay', load: () => import('#cli/replay.ts') }],
  });
  return { exit, out, err };
}

describe('replay', () => {
  it('publishes every row with its source time, bad cells as bad', async () => {
    const file = await csv([
      '2014-01-07 10:00:00,1.5',
      '2014-01-07 10:05:00,broken',
      '2014-01-07 10:10:00,-2e3',
    ]);
    const { exit, out } = await replay(file, '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ rows: 3, messages: 3, acknowledged: 3, reconnects: 0 });
    expect(readings.map(({ timeMs, value, quality }) => [timeMs, value, quality])).toEqual([
      [Date.UTC(2014, 0, 7, 10), 1.5, 0],
      [Date.UTC(2014, 0, 7, 10, 5), Number.NaN, 2],
      [Date.UTC(2014, 0, 7, 10, 10), -2_000, 0],
    ]);
    expect(faults).toEqual(['E-MQTT-110']);
  });

  it('publishes in batches, the last one shorter', async () => {
    const { exit, out } = await replay(await csv(manyRows(25)), '--batch', '10');
    expect(exit).toBe(0);
    expect(out).toContain('25 readings in 3 messages, all acknowledged');
    expect(readings.map((reading) => reading.value)).toEqual(Array.from({ length: 25 }, (_, i) => i));
  });

  it('keeps to the pace of the stamps', async () => {
    const startedMs = performance.now();
    // four minutes between first and last, 600 times as fast
    const { exit } = await replay(await csv(manyRows(5)), '--speed', '600');
    expect(exit).toBe(0);
    expect(performance.now() - startedMs).toBeGreaterThan(395);
  });

  it('loses nothing when the connection breaks and the site cannot write for a while', async () => {
    let n = 0;
    answer = async () => {
      n++;
      if (n % 170 === 0) throw new PortFailure('E-JOURNAL-001', 'disk full', 'free some', true);
      if (n % 110 === 0) source.disconnect('gateway-1');
    };
    const { exit, out } = await replay(await csv(manyRows(500)), '--window', '20', '--json');
    expect(exit).toBe(0);
    const result = JSON.parse(out);
    expect(result.acknowledged).toBe(500);
    expect(result.reconnects).toBeGreaterThanOrEqual(4);
    expect(new Set(readings.map((reading) => reading.value)).size).toBe(500);
  }, 20_000);

  it('ends with a sentence and its own exit code when it is not let in', async () => {
    const file = await csv(manyRows(3));
    expect(await replay(file, '--client', 'gateway-2')).toMatchObject({
      exit: 4,
      err: expect.stringContaining('[E-PUBLISH-002]'),
    });
    expect(await replay(file, '--topic', 'plant/other/temperature')).toMatchObject({
      exit: 4,
      err: expect.stringContaining('[E-PUBLISH-004]'),
    });
    const otherCa = join(folder, 'other.pem');
    await writeFile(otherCa, '');
    expect(await replay(file, '--ca', otherCa)).toMatchObject({
      exit: 4,
      err: expect.stringContaining('[E-PUBLISH-003]'),
    });
    expect(readings).toEqual([]);
  }, 20_000);

  it('ends at once when its credential is revoked on the way', async () => {
    answer = async () => {
      if (readings.length === 20) await devices.revoke('gateway-1');
    };
    const { exit, err } = await replay(await csv(manyRows(500)), '--window', '5');
    expect(exit).toBe(4);
    expect(err).toContain('[E-PUBLISH-002]');
    expect(readings.length).toBeLessThan(40);
  });

  it('says that nobody is there', async () => {
    const free = net.createServer().listen(0, '127.0.0.1');
    await new Promise((done) => free.once('listening', done));
    const { port } = free.address() as net.AddressInfo;
    await new Promise((done) => free.close(done));
    const { exit, err } = await replay(await csv(manyRows(1)), '--url', `mqtts://127.0.0.1:${port}`);
    expect(exit).toBe(5);
    expect(err).toContain('[E-PUBLISH-001]');
  });

  it('answers wrong words before it connects', async () => {
    const file = await csv(manyRows(1), 'timestamp,temperature');
    expect(await replay(file)).toMatchObject({ exit: 2, err: expect.stringContaining('no column "value"') });
    expect(await replay(join(folder, 'none.csv'))).toMatchObject({ exit: 3 });
    expect(await replay(file, '--speed', '-1')).toMatchObject({ exit: 2 });
    expect(await replay(file, '--batch', '0')).toMatchObject({ exit: 2 });
    expect(await replay(file, '--topic', 'a/+')).toMatchObject({ exit: 2 });
    expect(await replay(file, '--value', 'temperature', '--url', 'mqtt://127.0.0.1:1')).toMatchObject({
      exit: 2,
    });
    await chmod(secretFile, 0o644);
    expect(await replay(file)).toMatchObject({ exit: 4, err: expect.stringContaining('chmod 600') });
  });

  it.runIf(existsSync(NAB))('carries a real machine over the wire, row for row', async () => {
    const { exit, out } = await replay(NAB, '--batch', '100', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ rows: 22_695, messages: 227, acknowledged: 227 });
    expect(readings.length).toBe(22_695);
    expect(readings[0]).toEqual({
      address: 0,
      value: 73.96732207,
      timeMs: Date.UTC(2013, 11, 2, 21, 15),
      quality: 0,
    });
  });
  if (!existsSync(NAB)) process.stderr.write(`not exercised: replay of ${NAB}, which is absent\n`);
});
