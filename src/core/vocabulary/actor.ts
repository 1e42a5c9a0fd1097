import type { Actor, PersonId } from './ids.ts';

/** The person behind an actor `person:<id>`; null for rules, sources, connectors and the system. */
export function personOf(actor: Actor): PersonId | null {
  return actor.startsWith('person:') ? actor.slice('person:'.length) : null;
}

/** People, the set-up of a site and its operator may describe the plant; sources, connectors, rules and the clock may not. */
export function mayDescribe(actor: Actor): boolean {
  return personOf(actor) !== null || actor === 'system:setup' || actor === 'system:operator';
}
