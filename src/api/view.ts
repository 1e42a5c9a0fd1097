import { z } from 'zod';
import { type Look, type Viewer, viewerOf } from '#views/look.ts';
import type { Call } from './route.ts';
import type { Rooms } from './site.ts';

/** Marks a free text in a fact: what follows is a reference into the people's store, where it can be erased. */
const TEXT = 'text:';
const ERASED = '(erased)';

/** What a view may look at, now. */
export function lookOf(rooms: Rooms): Look {
  return { state: rooms.site.state(), readings: rooms.data.readings(), nowMs: rooms.site.nowMs() };
}

export function viewer(call: Call): Viewer {
  return viewerOf(call.site.state().access, call.personId);
}

/** Shape of an answer that a view describes; the view is its own check, so nothing is parsed twice. */
export function viewOf<T>(): z.ZodType<T, T> {
  return z.custom<T>();
}

/** Keeps a person's free text where it can be erased; the fact gets the reference only. */
export function keepText(call: Call, text: string): string {
  return TEXT + call.people.keepText(call.personId, text);
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
