import type { TableTold } from '../../../src/api/contract.ts';
import { request } from '../../data/request.ts';

/** A table and what is said about it; empty words are guessed. */
export interface Wish {
  kind: string;
  file: Blob;
  mapping: Record<string, string> | null;
  dateOrder: string;
  decimal: string;
  currency: string;
}

/** Long enough for a large table on a slow line. */
const READ_TIMEOUT_MS = 300_000;

/** @param idempotencyKey the same one when the same wish is sent again */
export function sendTable(wish: Wish, dryRun: boolean, idempotencyKey: string): Promise<TableTold> {
  const query = new URLSearchParams({ kind: wish.kind, dryRun: String(dryRun) });
  if (wish.mapping) query.set('mapping', JSON.stringify(wish.mapping));
  for (const word of ['dateOrder', 'decimal', 'currency'] as const) {
    if (wish[word] !== '') query.set(word, wish[word]);
  }
  return request<TableTold>('POST', `/api/v1/strategy/import?${query.toString()}`, {
    file: wish.file,
    idempotencyKey,
    timeoutMs: READ_TIMEOUT_MS,
  });
}
