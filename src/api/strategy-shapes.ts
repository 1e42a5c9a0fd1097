import { z } from 'zod';
import type { Graded } from '#vocabulary/grade.ts';
import { shortId } from '#vocabulary/ids.ts';
import { id } from './commands.ts';
import type { Call } from './route.ts';

/** Words that stand on screens and in exports: names, places, actions. */
export const words = z.string().trim().min(1).max(200);
export const spanMs = z.number().int().min(0).max(315_360_000_000);
export const score = z.number().int().min(1).max(5);

/** A figure as a person gives it: an estimate is theirs unless they name another. */
export const figure = z.strictObject({
  value: z.number().min(0).max(1e15),
  grade: z.enum(['measured', 'estimated', 'assumed']),
  by: id.nullable().default(null),
  source: words.nullable().default(null),
});
export type Figure = z.output<typeof figure>;

/** An estimate without a name is the speaker's. */
export function gradedBy(call: Call, given: Figure): Graded;
export function gradedBy(call: Call, given: Figure | null): Graded | null;
export function gradedBy(call: Call, given: Figure | null): Graded | null {
  if (!given) return null;
  const by = given.grade === 'estimated' ? (given.by ?? call.personId) : given.by;
  return { ...given, by };
}

/** An estimate by the person who is speaking; null where nothing was said. */
export function estimate(call: Call, value: number | null): Graded | null {
  return value === null ? null : { value, grade: 'estimated', by: call.personId, source: 'from memory' };
}

export const consequence = z.strictObject({
  safety: score,
  environment: score,
  foodSafety: score,
  production: score,
  cost: score,
});

const MAX_ID_LENGTH = 60;

/**
 * An id that people can read, made of a name: `Filler 2` becomes `<site>.Filler-2`. One that is taken by something
 * else gets a number behind it; asked again for the same thing it is the same.
 * @param isSame whether what stands under an id is the thing meant
 */
export function idFromName(
  site: string,
  name: string,
  known: { has(id: string): boolean },
  isSame: (id: string) => boolean = () => false,
): string {
  const bare = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, MAX_ID_LENGTH);
  const first = `${site}.${bare === '' ? 'thing' : bare}`;
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? first : `${first}-${n}`;
    if (!known.has(candidate) || isSame(candidate)) return candidate;
  }
}

/** `P-201` of `site.P-201`, with a tail: `site.P-201-bearing`. */
export function idUnder(
  site: string,
  parentId: string,
  name: string,
  known: { has(id: string): boolean },
): string {
  return idFromName(site, `${shortId(parentId)} ${name}`, known);
}
