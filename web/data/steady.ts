import { useState } from 'react';

/**
 * Rows that do not move under a finger: known ones keep their place, new ones wait to be asked for, and what
 * is gone goes. Another `owner` of the list (another person, another filter) begins anew.
 */
export function useSteady<Row>(rows: readonly Row[], keyOf: (row: Row) => string, owner: string) {
  const [held, setHeld] = useState<{ owner: string; keys: readonly string[] }>({
    owner,
    keys: rows.map(keyOf),
  });
  const same = held.owner === owner;
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  const known = same ? held.keys.filter((key) => byKey.has(key)) : rows.map(keyOf);
  // An empty list has nothing that could move.
  const keys = known.length === 0 ? rows.map(keyOf) : known;
  if (!same || (known.length === 0 && rows.length > 0)) setHeld({ owner, keys });
  const shown = keys.flatMap((key) => {
    const row = byKey.get(key);
    return row ? [row] : [];
  });
  const fresh = rows.filter((row) => !keys.includes(keyOf(row)));
  return { shown, fresh, show: () => setHeld({ owner, keys: rows.map(keyOf) }) };
}
