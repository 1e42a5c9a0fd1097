import { createHash } from 'node:crypto';
import type { Recorded } from '#vocabulary/fact.ts';

/** Hash before the first fact: 32 zero bytes. */
export const CHAIN_START: Buffer = Buffer.alloc(32);

/**
 * Hash of a fact in the chain: SHA-256 over the 32 bytes of the hash before it, then the stored body.
 * @param body the exact bytes as stored (UTF-8)
 */
export function chainHash(previous: Uint8Array, body: Uint8Array | string): Buffer {
  return createHash('sha256').update(previous).update(body).digest();
}

/**
 * The JSON text that is stored and hashed. Refuses by assertion what JSON would silently change (NaN, infinities,
 * maps, dates), because state folded from memory and state folded from disk must be the same.
 */
export function bodyOf(fact: Recorded): string {
  assertPlain(fact.data, fact.type);
  const { seq, id, atMs, actor, causeId, intakeSeq, type, v, data } = fact;
  return JSON.stringify({ seq, id, atMs, actor, causeId, intakeSeq, type, v, data });
}

function assertPlain(value: unknown, path: string): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`bug: ${path} is ${value}, which JSON cannot keep`);
    return;
  }
  if (typeof value === 'string' || typeof value === 'boolean' || value === null || value === undefined)
    return;
  if (typeof value !== 'object') throw new Error(`bug: ${path} is a ${typeof value}, which JSON cannot keep`);
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      if (value[at] === undefined)
        throw new Error(`bug: ${path}[${at}] is undefined, which JSON cannot keep`);
      assertPlain(value[at], `${path}[${at}]`);
    }
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new Error(`bug: ${path} is no plain object, which JSON cannot keep`);
  }
  for (const [key, each] of Object.entries(value)) assertPlain(each, `${path}.${key}`);
}
