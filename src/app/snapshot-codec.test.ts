import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, type Packed, unpack } from './snapshot-codec.ts';

const again = (value: unknown): unknown => unpack(deserialize(serialize(pack(value))) as Packed);

/** Entries as lists, because equality of Maps, Sets and objects does not ask for their order. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value instanceof Map || value instanceof Set) return [...value.entries()].map(ordered);
  return typeof value === 'object' && value !== null ? Object.entries(value).map(ordered) : value;
}

/** What a state may hold; names of objects are few, as they are in code. */
const leaf = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.nat(2 ** 31),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.constantFrom(null, undefined, true, false, -0, 2 ** 29, 2 ** 29 - 1, '', 'å', '語'),
);
const { state } = fc.letrec((tie) => ({
  state: fc.oneof({ maxDepth: 5 }, leaf, tie('array'), tie('map'), tie('set'), tie('object')),
  array: fc.array(tie('state'), { maxLength: 5 }),
  map: fc.array(fc.tuple(leaf, tie('state')), { maxLength: 5 }).map((entries) => new Map(entries)),
  set: fc.array(leaf, { maxLength: 5 }).map((entries) => new Set(entries)),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'caseId', '__proto__', '0', 'x y'), tie('state'), {
    noNullPrototype: true,
  }),
}));

describe('a state as arrays', () => {
  it('comes back as it was: values, order of names and of entries, Maps, Sets', () => {
    fc.assert(
      fc.property(state, (value) => {
        const back = again(value);
        expect(back).toStrictEqual(value);
        expect(ordered(back)).toStrictEqual(ordered(value));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps texts beside each other that need one and two bytes a character, over several blocks', () => {
    const long = (k: number): string => `${'x'.repeat(1_000_000)}${k % 5 === 3 ? '語' : 'å'}${k}`;
    const texts = Array.from({ length: 40 }, (_, k) => long(k));
    expect(again(texts)).toStrictEqual(texts);
  });

  it('gives each place an object of its own', () => {
    const shared = { n: 1 };
    const [one, other] = again([shared, shared]) as [{ n: number }, { n: number }];
    one.n = 2;
    expect(other.n).toBe(1);
  });

  it('refuses what no state may hold', () => {
    expect(() => pack({ at: 1n })).toThrow('bug: a bigint in a state');
    expect(() => pack([() => 1])).toThrow('bug: a function in a state');
  });
});
