import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePayload, MAX_READINGS_PER_MESSAGE, PAYLOAD_FAULTS, type SignalAddress } from './payload.ts';
import { readTimeMs } from './words.ts';

const BAD = 2;

function address(paths: Partial<SignalAddress> = {}): SignalAddress {
  return {
    source: 'mqtt',
    topic: 't',
    valuePath: null,
    timePath: null,
    qualityPath: null,
    batchPath: null,
    ...paths,
  };
}

const WHOLE = address({ valuePath: 'm.v', timePath: 'm.t', qualityPath: 'm.q' });

function decode(payload: string, ...addresses: SignalAddress[]) {
  const { readings, faults } = decodePayload(Buffer.from(payload), addresses);
  return { readings, codes: faults.map((fault) => fault.code) };
}

describe('a plain number', () => {
  it.each([
    ['21.5', 21.5],
    [' -3e2\n', -300],
    ['.5', 0.5],
    ['true', 1],
  ])('%j is %d', (payload, value) => {
    expect(decode(payload, address())).toEqual({
      readings: [{ address: 0, value, timeMs: null, quality: 0 }],
      codes: [],
    });
  });

  it.each(['NaN', '-Infinity', 'inf', '1e999', 'null'])('%s is kept as bad', (payload) => {
    const { readings, codes } = decode(payload, address());
    expect(readings).toEqual([{ address: 0, value: Number.NaN, timeMs: null, quality: BAD }]);
    expect(codes).toEqual(['E-MQTT-110']);
  });

  it.each([
    ['', 'E-MQTT-101'],
    ['21,5', 'E-MQTT-104'],
    ['0x1F', 'E-MQTT-104'],
    ['{"v":1}', 'E-MQTT-104'],
    ['21.5 C', 'E-MQTT-104'],
  ])('%j is refused with %s', (payload, code) => {
    expect(decode(payload, address())).toEqual({ readings: [], codes: [code] });
  });

  it('in bytes that are no text is refused', () => {
    expect(decodePayload(Buffer.from([0xff, 0xfe]), [address()]).faults[0]?.code).toBe('E-MQTT-103');
  });
});

describe('JSON', () => {
  it('gives value, time and quality by path', () => {
    expect(decode('{"m":{"v":4,"t":"2014-01-07T10:00:00+01:00","q":"Uncertain"}}', WHOLE)).toEqual({
      readings: [{ address: 0, value: 4, timeMs: Date.UTC(2014, 0, 7, 9), quality: 1 }],
      codes: [],
    });
  });

  it('may carry some signals of a topic, but not none', () => {
    const a = address({ valuePath: 'a' });
    const b = address({ valuePath: 'b.0' });
    expect(decode('{"b":[7]}', a, b).readings).toEqual([{ address: 1, value: 7, timeMs: null, quality: 0 }]);
    expect(decode('{"b":[7]}', a, b).codes).toEqual([]);
    expect(decode('{"c":1}', a, b).codes).toEqual(['E-MQTT-107']);
  });

  it('keeps what has no usable value, time or quality, and says so', () => {
    const row = (text: string) => decode(`{"m":${text}}`, WHOLE);
    expect(row('{"v":"4"}')).toMatchObject({ readings: [{ quality: BAD }], codes: ['E-MQTT-113'] });
    expect(row('{"v":null,"q":0}')).toMatchObject({ readings: [{ quality: BAD }], codes: [] });
    expect(row('{"v":null}')).toMatchObject({ readings: [{ quality: BAD }], codes: ['E-MQTT-110'] });
    expect(row('{"v":4,"t":"yesterday"}')).toMatchObject({
      readings: [{ value: 4, quality: BAD, timeMs: null }],
      codes: ['E-MQTT-111'],
    });
    expect(row('{"v":4,"q":"splendid"}')).toMatchObject({
      readings: [{ quality: 1 }],
      codes: ['E-MQTT-112'],
    });
  });

  it('is read in batches, under a path or as the whole payload', () => {
    const under = address({ batchPath: 'd.rows', valuePath: '1', timePath: '0' });
    expect(decode('{"d":{"rows":[[1700000000,1],[1700000001000,2]]}}', under).readings).toEqual([
      { address: 0, value: 1, timeMs: 1_700_000_000_000, quality: 0 },
      { address: 0, value: 2, timeMs: 1_700_000_001_000, quality: 0 },
    ]);
    const whole = address({ batchPath: '', valuePath: 'v', timePath: 't' });
    expect(decode('[{"v":1,"t":5},{"v":2}]', whole)).toMatchObject({
      readings: [{ quality: 0 }, { quality: BAD }],
      codes: ['E-MQTT-111'],
    });
    expect(decode('{"v":1,"t":5}', whole).readings.length).toBe(1);
    expect(decode('[1,2]', address({ batchPath: '' })).readings.map((reading) => reading.value)).toEqual([
      1, 2,
    ]);
    expect(decode('{"d":{"rows":5}}', under).codes).toEqual(['E-MQTT-108']);
    expect(decode('[]', whole)).toEqual({ readings: [], codes: [] });
  });

  it('is bounded in depth and number', () => {
    const v = address({ valuePath: 'v' });
    expect(decode(`{"v":1,"x":${'['.repeat(7)}${']'.repeat(7)}}`, v).readings.length).toBe(1);
    expect(decode(`{"v":1,"x":${'['.repeat(8)}${']'.repeat(8)}}`, v).codes).toEqual(['E-MQTT-106']);
    expect(decode(`{"v":1,"x":"\\"${'['.repeat(50)}"}`, v).readings.length).toBe(1);
    expect(decode('['.repeat(1_000_000), v).codes).toEqual(['E-MQTT-106']);
    const many = `[${'1,'.repeat(MAX_READINGS_PER_MESSAGE)}1]`;
    expect(decode(many, address({ batchPath: '' }))).toEqual({ readings: [], codes: ['E-MQTT-109'] });
    expect(decodePayload(Buffer.alloc(1_048_577, 49), [v]).faults[0]?.code).toBe('E-MQTT-102');
  });

  it('leads nowhere through prototypes', () => {
    for (const path of ['__proto__.polluted', 'constructor.name', 'toString', 'v.length', '__proto__']) {
      expect(decode('{"v":1}', address({ valuePath: path })).codes).toEqual(['E-MQTT-107']);
    }
    decode('{"__proto__":{"polluted":1},"v":1}', address({ valuePath: 'v' }));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('source times', () => {
  it.each([
    ['"2014-01-07 10:00:00"', Date.UTC(2014, 0, 7, 10)],
    ['"2014-01-07T10:00:00.1234Z"', Date.UTC(2014, 0, 7, 10, 0, 0, 123)],
    ['"2014-01-07"', Date.UTC(2014, 0, 7)],
    ['1389088800', Date.UTC(2014, 0, 7, 10)],
    ['1389088800.5', Date.UTC(2014, 0, 7, 10) + 500],
    ['1389088800000', Date.UTC(2014, 0, 7, 10)],
    ['1389088800000000', Date.UTC(2014, 0, 7, 10)],
    ['"1389088800000000000"', Date.UTC(2014, 0, 7, 10)],
  ])('%s', (time, expected) => {
    expect(decode(`{"m":{"v":1,"t":${time}}}`, WHOLE).readings[0]?.timeMs).toBe(expected);
  });

  it.each(['"2014-02-30"', '"2014-13-01"', '"2014-01-07T25:00"', '-1', '1e19', '{}', 'true', '"07.01.2014"'])(
    '%s is none',
    (time) => {
      expect(decode(`{"m":{"v":1,"t":${time}}}`, WHOLE).codes).toEqual(['E-MQTT-111']);
    },
  );
});

it('source times in their usual form agree with the same time in another zone', () => {
  const minMs = Date.UTC(1970, 0, 1);
  fc.assert(
    fc.property(fc.integer({ min: minMs, max: Date.UTC(2200, 0, 1) }), fc.boolean(), (timeMs, whole) => {
      const expected = whole ? Math.floor(timeMs / 1_000) * 1_000 : timeMs;
      const usual = new Date(expected).toISOString().replace(whole ? '.000' : ' ', '');
      expect(readTimeMs(usual)).toBe(expected);
      expect(readTimeMs(new Date(expected + 5_400_000).toISOString().replace('Z', '+01:30'))).toBe(expected);
    }),
  );
  expect(readTimeMs('2014-01-0xT10:00:00Z')).toBe(null);
});

describe('quality', () => {
  it.each([
    ['true', 0],
    ['false', BAD],
    ['192', 0],
    ['216', 0],
    ['64', 1],
    ['0', BAD],
    ['"192"', 0],
    ['"GoodLocalOverride"', 0],
    ['"bad"', BAD],
    ['1073741824', 1],
    ['2147483648', BAD],
  ])('%s', (quality, expected) => {
    expect(decode(`{"m":{"v":1,"q":${quality}}}`, WHOLE).readings[0]?.quality).toBe(expected);
  });
});

describe('whatever arrives', () => {
  const paths = fc.option(fc.constantFrom('', 'v', 'm.v', '0', '0.v', '__proto__', 'a.b.c'), { nil: null });
  const anyAddress = fc
    .record({ valuePath: paths, timePath: paths, qualityPath: paths, batchPath: paths })
    .map((some) => address(some));
  const keys = fc.constantFrom('v', 'm', 't', 'q', '0', '__proto__', 'constructor', 'a', 'b');
  const json = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.double(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(keys, tie('node'), { maxKeys: 4 }),
    ),
  })).node;
  const jsonText = json.map((value) => Buffer.from(JSON.stringify(value) ?? ''));
  const mutated = fc.tuple(jsonText, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([bytes, at, byte]) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[at % copy.length] = byte;
    return copy;
  });
  const payloads = fc.oneof(
    jsonText,
    mutated,
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.string().map((text) => Buffer.from(text)),
  );

  it('never throws, and every message gives a reading or a reason', () => {
    fc.assert(
      fc.property(payloads, fc.array(anyAddress, { minLength: 1, maxLength: 3 }), (payload, addresses) => {
        const { readings, faults } = decodePayload(payload, addresses);
        for (const reading of readings) {
          expect(Number.isFinite(reading.value) || reading.quality === BAD).toBe(true);
          expect(reading.timeMs === null || Number.isInteger(reading.timeMs)).toBe(true);
          expect(reading.address).toBeLessThan(addresses.length);
        }
        for (const fault of faults) expect(PAYLOAD_FAULTS[fault.code]).toBe(fault.message);
        const emptyBatch = addresses.some((some) => some.batchPath !== null) && payload.includes('[]');
        expect(readings.length > 0 || faults.length > 0 || emptyBatch).toBe(true);
      }),
      { numRuns: 5_000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
