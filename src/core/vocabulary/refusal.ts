/**
 * A refusal is a value, not an exception: what was refused, why, and how to mend it.
 * `items` lists every missing condition at once (the gate answers with all of them).
 */
export interface Refusal {
  refused: true;
  code: string;
  message: string;
  mend: string;
  items: RefusalItem[];
}

export interface RefusalItem {
  code: string;
  message: string;
  mend: string;
}

export function refuse(code: string, message: string, mend: string, items: RefusalItem[] = []): Refusal {
  return { refused: true, code, message, mend, items };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as Refusal).refused === true;
}
