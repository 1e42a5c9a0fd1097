import type { IconName } from '../parts/Icon.tsx';

export type PlaceWord =
  | 'today'
  | 'line'
  | 'strategy'
  | 'monitor'
  | 'acquire'
  | 'detect'
  | 'alert'
  | 'work'
  | 'plan'
  | 'outcome'
  | 'access';

export interface Place {
  word: PlaceWord;
  title: string;
  path: string;
  /** Letter after g. */
  letter?: string;
  icon?: IconName;
}

export const TODAY: Place = { word: 'today', title: 'Today', path: '/', letter: 't', icon: 'today' };
export const LINE: Place = { word: 'line', title: 'Line', path: '/line', letter: 'l', icon: 'line' };
export const ACCESS: Place = { word: 'access', title: 'Access', path: '/access', icon: 'access' };

/** The eight stages in the order a reading takes; same words as folders and API paths. */
export const STAGES: readonly Place[] = [
  { word: 'strategy', title: 'Strategy', path: '/strategy', letter: 's' },
  { word: 'monitor', title: 'Monitor', path: '/monitor', letter: 'm' },
  { word: 'acquire', title: 'Acquire', path: '/acquire', letter: 'a' },
  { word: 'detect', title: 'Detect', path: '/detect', letter: 'd' },
  { word: 'alert', title: 'Alert', path: '/alert', letter: 'r' },
  { word: 'work', title: 'Work', path: '/work', letter: 'w' },
  { word: 'plan', title: 'Plan', path: '/plan', letter: 'p' },
  { word: 'outcome', title: 'Outcome', path: '/outcome', letter: 'o' },
];

export const PLACES: readonly Place[] = [TODAY, LINE, ...STAGES, ACCESS];

/** What waits for this person, by place. A place without anything has no entry. */
export type Counts = Partial<Record<PlaceWord, number>>;

/** The place a path belongs to: its first word. Case pages override it, see `useStanding`. */
export function placeOf(path: string): PlaceWord | null {
  if (path === '/') return 'today';
  const first = path.split('/')[1];
  return PLACES.find((place) => place.path === `/${first}`)?.word ?? null;
}
