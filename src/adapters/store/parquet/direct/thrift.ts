// Thrift's compact protocol, as far as the headers of a Parquet file need it.

const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const MAP = 11;
const STRUCT = 12;

/** Structures nest this deep at most; a Parquet header needs six. */
const MAX_DEPTH = 16;
const text = new TextDecoder();

/** Reads one value after another; a header that ends too early throws RangeError. */
export class ThriftReader {
  at: number;
  readonly #bytes: Uint8Array;
  #depth = 0;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** Calls `take` for each field of a struct; it reads the value, or calls `skip`. */
  struct(take: (id: number, type: number) => void): void {
    if (++this.#depth > MAX_DEPTH) throw new RangeError('a structure nests too deep');
    let id = 0;
    for (;;) {
      const head = this.#byte();
      const type = head & 15;
      if (type === STOP) break;
      id = head >> 4 === 0 ? this.integer() : id + (head >> 4);
      take(id, type);
    }
    this.#depth--;
  }

  /** Calls `take` so often as the list has elements. */
  list(take: (type: number) => void): void {
    const head = this.#byte();
    const count = head >> 4 === 15 ? this.#varint() : head >> 4;
    if (count > this.#bytes.length - this.at) throw new RangeError('a list is longer than its file');
    for (let i = 0; i < count; i++) take(head & 15);
  }

  /** An integer of any width; exact up to 2^53. */
  integer(): number {
    const n = this.#varint();
    return n % 2 === 0 ? n / 2 : -(n + 1) / 2;
  }

  string(): string {
    const length = this.#varint();
    if (length > this.#bytes.length - this.at) throw new RangeError('a text is longer than its file');
    this.at += length;
    return text.decode(this.#bytes.subarray(this.at - length, this.at));
  }

  /** In a struct a boolean is its type. */
  static isTrue(type: number): boolean {
    return type === TRUE;
  }

  skip(type: number): void {
    if (type === TRUE || type === FALSE) return;
    if (type === BYTE) this.#byte();
    else if (type === I16 || type === I32 || type === I64) this.#varint();
    else if (type === DOUBLE) this.at += 8;
    else if (type === BINARY) this.string();
    else if (type === LIST || type === SET) this.list((of) => this.#skipElement(of));
    else if (type === STRUCT) this.struct((_, of) => this.skip(of));
    else throw new RangeError(type === MAP ? 'a map in a header' : `a field of type ${type}`);
  }

  /** In a list a boolean takes a byte. */
  #skipElement(type: number): void {
    if (type === TRUE || type === FALSE) this.#byte();
    else this.skip(type);
  }

  #varint(): number {
    let n = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      const byte = this.#byte();
      n += (byte & 127) * scale;
      if (byte < 128) return n;
      scale *= 128;
    }
    throw new RangeError('a number has no end');
  }

  #byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) throw new RangeError('a header ends too early');
    return byte;
  }
}
