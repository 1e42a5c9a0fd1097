const BYTE = 0xff;
/** Sum of four bytes: mean 4 x 127.5, variance 4 x (256^2 - 1) / 12 (Irwin-Hall, discrete). */
const BYTES_MEAN = 510;
const BYTES_SD = Math.sqrt((4 * (256 ** 2 - 1)) / 12);
const TWO_32 = 2 ** 32;

/**
 * Seeded random numbers: xoshiro128++ (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021),
 * its state filled by the 32-bit finaliser of MurmurHash3 over a Weyl sequence. Each stream of a seed is its own sequence.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: number, stream: string) {
    let weyl = seed | 0;
    for (let i = 0; i < stream.length; i++) weyl = mix(weyl ^ stream.charCodeAt(i));
    const word = (): number => {
      weyl = (weyl + 0x9e3779b9) | 0;
      return mix(weyl);
    };
    this.#a = word();
    this.#b = word();
    this.#c = word();
    this.#d = word() | 1; // never all zero
  }

  /** whole number, 0 to 2^32 - 1 */
  next(): number {
    const sum = (this.#a + this.#d) | 0;
    const result = (((sum << 7) | (sum >>> 25)) + this.#a) | 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }

  /** 0 <= x < 1 */
  uniform(): number {
    return this.next() / TWO_32;
  }

  /** Nearly normal with mean 0 and deviation 1, never beyond 3.46. */
  normal(): number {
    const bits = this.next();
    const sum = (bits & BYTE) + ((bits >>> 8) & BYTE) + ((bits >>> 16) & BYTE) + (bits >>> 24);
    return (sum - BYTES_MEAN) / BYTES_SD;
  }
}

function mix(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
