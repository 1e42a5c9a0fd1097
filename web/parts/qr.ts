/**
 * A QR code (ISO/IEC 18004): byte mode, error correction M, versions 1 to 10, which holds 213 bytes: an address.
 * M survives a smear over one seventh of the label.
 */
const TOTAL = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346];
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5];
const ALIGNMENT = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];
const FORMAT_MASK = 0x5412;
const FORMAT_POLYNOMIAL = 0x537;
const VERSION_POLYNOMIAL = 0x1f25;
const FIELD_POLYNOMIAL = 0x11d;

const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

interface Field {
  size: number;
  dark: Uint8Array;
  /** modules that carry no data */
  fixed: Uint8Array;
}

/** @returns rows of dark (true) and light modules without the quiet zone; null when the text is too long */
export function qrModules(text: string): boolean[][] | null {
  const bytes = new TextEncoder().encode(text);
  const version = TOTAL.findIndex((_, at) => bytes.length <= capacity(at + 1)) + 1;
  if (version === 0) return null;
  const bits = placed(interleaved(dataWords(bytes, version), version), version);
  let best: Field | null = null;
  let least = Number.POSITIVE_INFINITY;
  MASKS.forEach((mask, at) => {
    const field = masked(bits, mask);
    drawFormat(field, at);
    const found = penalty(field);
    if (found >= least) return;
    least = found;
    best = field;
  });
  const { size, dark } = best ?? bits;
  return Array.from({ length: size }, (_, r) =>
    Array.from({ length: size }, (__, c) => dark[r * size + c] === 1),
  );
}

function dataLength(version: number): number {
  return (TOTAL[version - 1] ?? 0) - (CORRECTION[version - 1] ?? 0) * (BLOCKS[version - 1] ?? 0);
}

function capacity(version: number): number {
  return dataLength(version) - (version < 10 ? 2 : 3);
}

function dataWords(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = [];
  const push = (value: number, length: number): void => {
    for (let n = length - 1; n >= 0; n--) bits.push((value >> n) & 1);
  };
  push(0b0100, 4);
  push(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) push(byte, 8);
  const length = dataLength(version);
  push(0, Math.min(4, length * 8 - bits.length));
  while (bits.length % 8 !== 0) bits.push(0);
  const words: number[] = [];
  for (let n = 0; n < bits.length; n += 8) {
    words.push(Number.parseInt(bits.slice(n, n + 8).join(''), 2));
  }
  for (let pad = 0xec; words.length < length; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

function times(a: number, b: number): number {
  let product = 0;
  for (let n = 7; n >= 0; n--) {
    product = (product << 1) ^ ((product >>> 7) * FIELD_POLYNOMIAL);
    product ^= ((b >>> n) & 1) * a;
  }
  return product;
}

/** Reed-Solomon words of a block. */
function correction(block: readonly number[], degree: number): number[] {
  const divisor: number[] = Array.from({ length: degree }, (_, n) => (n === degree - 1 ? 1 : 0));
  let root = 1;
  for (let n = 0; n < degree; n++) {
    for (let j = 0; j < degree; j++) {
      divisor[j] = times(divisor[j] ?? 0, root) ^ (divisor[j + 1] ?? 0);
    }
    root = times(root, 2);
  }
  const rest = Array.from({ length: degree }, () => 0);
  for (const word of block) {
    const factor = word ^ (rest.shift() ?? 0);
    rest.push(0);
    divisor.forEach((coefficient, n) => {
      rest[n] = (rest[n] ?? 0) ^ times(coefficient, factor);
    });
  }
  return rest;
}

function interleaved(words: readonly number[], version: number): number[] {
  const blocks = BLOCKS[version - 1] ?? 1;
  const degree = CORRECTION[version - 1] ?? 0;
  const short = Math.floor(words.length / blocks);
  const firstLong = blocks - (words.length % blocks);
  const parts: { data: number[]; check: number[] }[] = [];
  for (let n = 0, at = 0; n < blocks; n++) {
    const data = words.slice(at, at + short + (n >= firstLong ? 1 : 0));
    at += data.length;
    parts.push({ data, check: correction(data, degree) });
  }
  const out: number[] = [];
  for (let n = 0; n <= short; n++) {
    for (const { data } of parts) if (n < data.length) out.push(data[n] ?? 0);
  }
  for (let n = 0; n < degree; n++) for (const { check } of parts) out.push(check[n] ?? 0);
  return out;
}

function setFixed(field: Field, row: number, column: number, dark: boolean): void {
  const at = row * field.size + column;
  field.dark[at] = dark ? 1 : 0;
  field.fixed[at] = 1;
}

function drawFixed(field: Field, version: number): void {
  const { size } = field;
  for (let n = 0; n < size; n++) {
    setFixed(field, 6, n, n % 2 === 0);
    setFixed(field, n, 6, n % 2 === 0);
  }
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const) {
    for (let r = -4; r <= 4; r++) {
      for (let c = -4; c <= 4; c++) {
        const away = Math.max(Math.abs(r), Math.abs(c));
        const inside = row + r >= 0 && row + r < size && column + c >= 0 && column + c < size;
        if (inside) setFixed(field, row + r, column + c, away !== 2 && away !== 4);
      }
    }
  }
  const places = ALIGNMENT[version - 1] ?? [];
  const last = places.length - 1;
  places.forEach((row, i) => {
    places.forEach((column, j) => {
      if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return;
      for (let r = -2; r <= 2; r++) {
        for (let c = -2; c <= 2; c++) {
          setFixed(field, row + r, column + c, Math.max(Math.abs(r), Math.abs(c)) !== 1);
        }
      }
    });
  });
  drawFormat(field, 0);
  if (version >= 7) drawVersion(field, version);
}

/** Bits of a value followed by its check bits. */
function checked(value: number, length: number, polynomial: number): number {
  let rest = value;
  for (let n = 0; n < length; n++) rest = (rest << 1) ^ ((rest >>> (length - 1)) * polynomial);
  return (value << length) | rest;
}

function drawFormat(field: Field, mask: number): void {
  const { size } = field;
  // error correction M is 00 in front of the mask's three bits
  const bits = checked(mask, 10, FORMAT_POLYNOMIAL) ^ FORMAT_MASK;
  const bit = (n: number): boolean => ((bits >>> n) & 1) === 1;
  for (let n = 0; n <= 5; n++) setFixed(field, n, 8, bit(n));
  setFixed(field, 7, 8, bit(6));
  setFixed(field, 8, 8, bit(7));
  setFixed(field, 8, 7, bit(8));
  for (let n = 9; n < 15; n++) setFixed(field, 8, 14 - n, bit(n));
  for (let n = 0; n < 8; n++) setFixed(field, 8, size - 1 - n, bit(n));
  for (let n = 8; n < 15; n++) setFixed(field, size - 15 + n, 8, bit(n));
  setFixed(field, size - 8, 8, true);
}

function drawVersion(field: Field, version: number): void {
  const bits = checked(version, 12, VERSION_POLYNOMIAL);
  for (let n = 0; n < 18; n++) {
    const dark = ((bits >>> n) & 1) === 1;
    const far = field.size - 11 + (n % 3);
    const near = Math.floor(n / 3);
    setFixed(field, near, far, dark);
    setFixed(field, far, near, dark);
  }
}

/** Data in two columns at a time, up and down, from the lower right. */
function placed(words: readonly number[], version: number): Field {
  const size = 17 + 4 * version;
  const field: Field = { size, dark: new Uint8Array(size * size), fixed: new Uint8Array(size * size) };
  drawFixed(field, version);
  let n = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      for (const column of [right, right - 1]) {
        const up = ((right + 1) & 2) === 0;
        const at = (up ? size - 1 - step : step) * size + column;
        if (field.fixed[at] === 1) continue;
        field.dark[at] = ((words[n >>> 3] ?? 0) >>> (7 - (n & 7))) & 1;
        n++;
      }
    }
  }
  return field;
}

function masked(field: Field, mask: (row: number, column: number) => boolean): Field {
  const { size, fixed } = field;
  const dark = field.dark.slice();
  for (let at = 0; at < dark.length; at++) {
    if (fixed[at] !== 1 && mask(Math.floor(at / size), at % size)) dark[at] = (dark[at] ?? 0) ^ 1;
  }
  return { size, dark, fixed: fixed.slice() };
}

/** How hard a mask makes it for a reader: long runs, squares, and more of one shade than of the other. */
function penalty({ size, dark }: Field): number {
  let points = 0;
  const at = (r: number, c: number): number => dark[r * size + c] ?? 0;
  for (let line = 0; line < size; line++) {
    points += runs(size, (n) => at(line, n)) + runs(size, (n) => at(n, line));
  }
  for (let r = 0; r < size - 1; r++) {
    for (let c = 0; c < size - 1; c++) {
      const sum = at(r, c) + at(r, c + 1) + at(r + 1, c) + at(r + 1, c + 1);
      if (sum === 0 || sum === 4) points += 3;
    }
  }
  const share = dark.reduce((sum, one) => sum + one, 0) / dark.length;
  return points + 10 * Math.floor(Math.abs(share - 0.5) * 20);
}

function runs(size: number, shade: (n: number) => number): number {
  let points = 0;
  let length = 0;
  for (let n = 0; n < size; n++) {
    length = n > 0 && shade(n) === shade(n - 1) ? length + 1 : 1;
    if (length === 5) points += 3;
    else if (length > 5) points += 1;
  }
  return points;
}
