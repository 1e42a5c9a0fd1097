/** What a cell of a field holds. `money` is read in major units and kept in minor ones, `hours` in hours. */
export type FieldType = 'text' | 'number' | 'money' | 'hours' | 'time' | 'yes-no' | 'choice';

export interface Choice {
  /** word that is kept */
  word: string;
  /** what people write for it, as `plainWords` returns it */
  written: readonly string[];
}

/** One column of a kind of table. */
export interface KindField {
  /** kept column, unit last: `costMinor` */
  name: string;
  /** what people call it in a message */
  label: string;
  as: FieldType;
  /** header words as `plainWords` returns them, the best first */
  headers: readonly string[];
  required?: boolean;
  choices?: readonly Choice[];
}

/** A table that a plant brings from its own systems. One file each, one line in all.ts. */
export interface TableKind {
  /** word of the command and of the folder: `work-orders` */
  word: string;
  /** one row, in a sentence: `work order` */
  row: string;
  fields: readonly KindField[];
  /** at least one field of each group must have a value in every row */
  oneOf: readonly (readonly string[])[];
  /** fields that number a row; the first with a value is its identity */
  numberedBy: readonly string[];
  /** field that says when, for the span of the import; null when rows have no time */
  when: string | null;
}

/** What people call a field in a mapping: its kept column without the unit, `cost` of `costMinor`. */
export function fieldWord(name: string): string {
  return name.replace(/(?:Ms|Minor|H)$/, '');
}

/**
 * A header or a word in plain lower-case words: `BscStartDate`, `Bsc. start date` and `BSC_START_DATE` are one,
 * accents are dropped and `ß` is `ss`.
 */
export function plainWords(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
