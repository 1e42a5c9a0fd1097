import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import type { Position } from '#ports/plan-file.ts';

export type Path = readonly (string | number)[];

/** More nested than any plan; deeper is refused before it can exhaust the stack. */
const MAX_DEPTH = 32;

/**
 * Where every entry of a document stands, by its path joined with dots; a key of a map is also listed as `path#key`.
 * Values of a map stand at their key, so that a finding points at the word people wrote.
 */
export function positionsOf(doc: Document, lines: LineCounter): Map<string, Position> {
  const found = new Map<string, Position>();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const walk = (node: unknown, path: string, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    const below = (key: string | number): string => (path === '' ? String(key) : `${path}.${key}`);
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (!isScalar(key)) continue;
        const start = (key as Node).range?.[0] ?? 0;
        found.set(below(String(key.value)), at(start));
        walk(value, below(String(key.value)), depth + 1);
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, i) => {
        const start = (item as Node | null)?.range?.[0];
        if (start !== undefined) found.set(below(i), at(start));
        walk(item, below(i), depth + 1);
      });
    }
  };
  found.set('', { line: 1, column: 1 });
  walk(doc.contents, '', 0);
  return found;
}

/** Position of a path, or of the nearest ancestor that is written down. */
export function positionAt(positions: Map<string, Position>, path: string): Position {
  let at = path;
  for (;;) {
    const known = positions.get(at);
    if (known) return known;
    if (at === '') return { line: 1, column: 1 };
    const dot = at.lastIndexOf('.');
    at = dot < 0 ? '' : at.slice(0, dot);
  }
}
