// A site's state as a few arrays: objects of one shape share their names, short texts are kept once. Beside the
// engine's own serialization, which writes every name of every object, it takes half the bytes and half the time to read.

/** What a token is, in its lowest three bits; the rest is its number. */
const TEXT = 0;
const OBJECT = 1;
const SMALL = 2;
const DOUBLE = 3;
const ARRAY = 4;
const MAP = 5;
const SET = 6;
const LITERAL = 7;
const KIND_BITS = 3;
/** Whole numbers below it lie in their token. */
const SMALL_END = 2 ** (32 - KIND_BITS);
const LITERALS: readonly unknown[] = [null, true, false, undefined];
/** Longer texts hardly ever come twice and are not looked up. */
const LOOKED_UP_CHARS = 64;
/** Texts lie in blocks, because a single string has a limit. */
const BLOCK_CHARS = 16 * 1024 * 1024;

/** Arrays and names only, so that the engine's serialization of it is a copy. */
export interface Packed {
  doubles: Float64Array;
  tokens: Uint32Array;
  /** characters of each text */
  lengths: Uint32Array;
  /** one byte or two a character, as the block needs */
  blocks: { wide: boolean; bytes: Uint8Array }[];
  shapes: string[][];
}

/** @param value plain objects, Maps, Sets, arrays, texts, numbers, booleans, null and undefined, without cycles */
export function pack(value: unknown): Packed {
  const packer = new Packer();
  packer.take(value);
  return packer.done();
}

/** The value that was packed; two places that held one object hold one each. */
export function unpack(packed: Packed): unknown {
  return reader(packed)();
}

class Packer {
  #doubles = new Float64Array(1_024);
  #doubleCount = 0;
  #tokens = new Uint32Array(1_024);
  #tokenCount = 0;
  readonly #textAt = new Map<string, number>();
  readonly #texts: string[] = [];
  readonly #shapes: string[][] = [];
  /** numbers of the shapes with so many names */
  readonly #shapesOfSize: number[][] = [];

  take(value: unknown): void {
    if (typeof value === 'string') this.#put(TEXT, this.#text(value));
    else if (typeof value === 'number') this.#number(value);
    else if (typeof value !== 'object' || value === null) this.#literal(value);
    else if (Array.isArray(value)) {
      this.#put(ARRAY, value.length);
      for (const one of value) this.take(one);
    } else if (value instanceof Map) {
      this.#put(MAP, value.size);
      for (const [key, one] of value) {
        this.take(key);
        this.take(one);
      }
    } else if (value instanceof Set) {
      this.#put(SET, value.size);
      for (const one of value) this.take(one);
    } else this.#object(value as Record<string, unknown>);
  }

  done(): Packed {
    return {
      doubles: this.#doubles.subarray(0, this.#doubleCount),
      tokens: this.#tokens.subarray(0, this.#tokenCount),
      lengths: Uint32Array.from(this.#texts, (text) => text.length),
      blocks: blocksOf(this.#texts),
      shapes: this.#shapes,
    };
  }

  #object(value: Record<string, unknown>): void {
    const names = Object.keys(value);
    this.#put(OBJECT, this.#shape(names));
    for (const name of names) this.take(value[name]);
  }

  #shape(names: string[]): number {
    const known = (this.#shapesOfSize[names.length] ??= []);
    for (const shape of known) {
      const its = this.#shapes[shape] as string[];
      let k = 0;
      while (k < names.length && its[k] === names[k]) k++;
      if (k === names.length) return shape;
    }
    known.push(this.#shapes.length);
    return this.#shapes.push(names) - 1;
  }

  #text(text: string): number {
    if (text.length > LOOKED_UP_CHARS) return this.#texts.push(text) - 1;
    let at = this.#textAt.get(text);
    if (at === undefined) {
      at = this.#texts.push(text) - 1;
      this.#textAt.set(text, at);
    }
    return at;
  }

  #number(value: number): void {
    if (value >= 0 && value < SMALL_END && Math.floor(value) === value && !Object.is(value, -0)) {
      this.#put(SMALL, value);
      return;
    }
    this.#put(DOUBLE, 0);
    if (this.#doubleCount === this.#doubles.length) this.#doubles = grown(this.#doubles, Float64Array);
    this.#doubles[this.#doubleCount++] = value;
  }

  #literal(value: unknown): void {
    const at = LITERALS.indexOf(value);
    if (at < 0) throw new Error(`bug: a ${typeof value} in a state`);
    this.#put(LITERAL, at);
  }

  #put(kind: number, n: number): void {
    if (n >= SMALL_END) throw new Error('bug: a state too large for a snapshot');
    if (this.#tokenCount === this.#tokens.length) this.#tokens = grown(this.#tokens, Uint32Array);
    this.#tokens[this.#tokenCount++] = ((n << KIND_BITS) | kind) >>> 0;
  }
}

function grown<T extends Float64Array | Uint32Array>(from: T, type: new (length: number) => T): T {
  const to = new type(from.length * 2);
  to.set(from);
  return to;
}

function blocksOf(texts: readonly string[]): Packed['blocks'] {
  const blocks: Packed['blocks'] = [];
  let first = 0;
  for (let end = 0, chars = 0; end < texts.length; ) {
    chars += (texts[end] as string).length;
    end++;
    if (chars < BLOCK_CHARS && end < texts.length) continue;
    const block = texts.slice(first, end).join('');
    const wide = /[^\u0000-\u00ff]/.test(block);
    blocks.push({ wide, bytes: Buffer.from(block, wide ? 'utf16le' : 'latin1') });
    first = end;
    chars = 0;
  }
  return blocks;
}

interface Shape {
  names: string[];
  empty: Record<string, unknown>;
}

/** A closure over its arrays: as a class with fields it took half as long again. */
function reader({ doubles, tokens, lengths, blocks, shapes: named }: Packed): () => unknown {
  const texts = textsOf(lengths, blocks);
  const shapes = named.map((names): Shape => ({ names, empty: emptyOf(names) }));
  let double = 0;
  let at = 0;
  const value = (): unknown => {
    const token = tokens[at++] as number;
    const n = token >>> KIND_BITS;
    switch (token & (2 ** KIND_BITS - 1)) {
      case TEXT:
        return texts[n];
      case SMALL:
        return n;
      case DOUBLE:
        return doubles[double++];
      case LITERAL:
        return LITERALS[n];
      case OBJECT: {
        const { names, empty } = shapes[n] as Shape;
        const object = { ...empty };
        for (let k = 0; k < names.length; k++) object[names[k] as string] = value();
        return object;
      }
      case ARRAY: {
        const array: unknown[] = [];
        for (let k = 0; k < n; k++) array.push(value());
        return array;
      }
      case MAP: {
        const map = new Map<unknown, unknown>();
        for (let k = 0; k < n; k++) {
          const key = value();
          map.set(key, value());
        }
        return map;
      }
      default: {
        const set = new Set<unknown>();
        for (let k = 0; k < n; k++) set.add(value());
        return set;
      }
    }
  };
  return value;
}

/** A copy of an object that has all names already is quicker than adding them one by one. */
function emptyOf(names: readonly string[]): Record<string, unknown> {
  return JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:null`).join(',')}}`) as Record<
    string,
    unknown
  >;
}

function textsOf(lengths: Uint32Array, blocks: Packed['blocks']): string[] {
  const texts: string[] = [];
  let next = 0;
  for (const { wide, bytes } of blocks) {
    const { buffer, byteOffset, byteLength } = bytes;
    const block = Buffer.from(buffer, byteOffset, byteLength).toString(wide ? 'utf16le' : 'latin1');
    let at = 0;
    while (next < lengths.length && at + (lengths[next] as number) <= block.length) {
      const end = at + (lengths[next++] as number);
      texts.push(block.slice(at, end));
      at = end;
    }
  }
  return texts;
}
