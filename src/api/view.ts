import { z } from 'zod';
import { guestCrewOf } from '#access/state.ts';
import type { SiteState } from '#core/flow.ts';
import { forGuest } from '#views/guest.ts';
import { type Look, type Viewer, viewerOf } from '#views/look.ts';
import type { Call } from './route.ts';
import type { Rooms } from './site.ts';

/** Marks a free text in a fact: what follows is a reference into the people's store, where it can be erased. */
const TEXT = 'text:';
const ERASED = '(erased)';

/** The site as the person who asks may see it: whole, or narrowed to a guest's work. Every view gets this one. */
export function stateFor(call: Call): SiteState {
  const state = call.site.state();
  const guestCrewId = guestCrewOf(state.access, call.personId);
  return guestCrewId === null ? state : forGuest(state, guestCrewId, call.personId);
}

/** What a view may look at, now. */
export function lookOf(call: Call): Look {
  return { state: stateFor(call), readings: call.data.readings(), nowMs: call.site.nowMs() };
}

export function viewer(call: Call): Viewer {
  return viewerOf(call.site.state().access, call.personId);
}

/** Shape of an answer that a view describes; the view is its own check, so nothing is parsed twice. */
export function viewOf<T>(): z.ZodType<T, T> {
  return z.custom<T>();
}

/**
 * Keeps a person's free text where it can be erased; the fact gets the reference only. The text goes again when the
 * command that follows is refused.
 */
export function keepText(call: Call, text: string): string {
  return TEXT + call.keepText(text);
}

/** Puts kept texts back in the place of their references. */
export function withTexts<T>(rooms: Rooms, view: T): T {
  if (typeof view === 'string') {
    return (view.startsWith(TEXT) ? (rooms.people.text(view.slice(TEXT.length)) ?? ERASED) : view) as T;
  }
  if (Array.isArray(view)) return view.map((entry) => withTexts(rooms, entry)) as T;
  if (view === null || typeof view !== 'object') return view;
  return Object.fromEntries(Object.entries(view).map(([key, entry]) => [key, withTexts(rooms, entry)])) as T;
}
