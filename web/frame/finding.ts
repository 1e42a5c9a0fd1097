import type { QueryClient } from '@tanstack/react-query';
import type { Me } from '../../src/api/contract.ts';
import { reading } from '../data/queries.ts';
import type { Found, Search } from './Palette.tsx';

const MOST_FOUND = 14;

/** What is searched, of which answer, and where it opens. The lists are the screens' own, so they are often at hand. */
interface Shelf {
  read: string;
  path: string;
  kind: Found['kind'];
  rows: (answer: Record<string, unknown>) => unknown;
  id: string;
  title: readonly string[];
  detail: string;
  href: (id: string) => string;
}

const SHELVES: readonly Shelf[] = [
  {
    read: 'work',
    path: '/api/v1/work',
    kind: 'case',
    rows: (answer) => answer['cases'],
    id: 'caseId',
    title: ['title'],
    detail: 'caseId',
    href: (id) => `/work/case/${id}`,
  },
  {
    read: 'work',
    path: '/api/v1/work',
    kind: 'order',
    rows: (answer) => answer['orders'],
    id: 'orderId',
    title: ['name', 'orderId'],
    detail: 'assetName',
    href: (id) => `/work/order/${id}`,
  },
  {
    read: 'monitor',
    path: '/api/v1/monitor',
    kind: 'monitor',
    rows: (answer) => answer,
    id: 'monitorId',
    title: ['name', 'monitorId'],
    detail: 'assetName',
    href: (id) => `/monitor/${id}`,
  },
  {
    read: 'strategy',
    path: '/api/v1/strategy',
    kind: 'asset',
    rows: (answer) => answer['assets'],
    id: 'assetId',
    title: ['name'],
    detail: 'assetId',
    href: (id) => `/strategy/asset/${id}`,
  },
  {
    read: 'people',
    path: '/api/v1/access/people',
    kind: 'person',
    rows: (answer) => answer['people'],
    id: 'personId',
    title: ['name'],
    detail: 'roles',
    href: (id) => `/access#${id}`,
  },
];

/** Searches what this person may read; a list that does not answer leaves the others usable. */
export function searchIn(queries: QueryClient, me: Me | null): Search {
  return async (words) => {
    const shelves = SHELVES.filter((shelf) =>
      (me?.mayRead as readonly string[] | undefined)?.includes(shelf.read),
    );
    const asked = words.toLowerCase();
    const found = await Promise.all(shelves.map((shelf) => look(queries, shelf, asked).catch(() => [])));
    return found.flat().toSorted(startsFirst(asked)).slice(0, MOST_FOUND);
  };
}

async function look(queries: QueryClient, shelf: Shelf, asked: string): Promise<Found[]> {
  const stage = shelf.path.split('/')[3] ?? '';
  const answer = await queries.ensureQueryData(reading<Record<string, unknown>>(stage, shelf.path));
  const rows = shelf.rows(answer);
  if (!Array.isArray(rows)) return [];
  return rows
    .map((row: Record<string, unknown>) => foundOf(shelf, row))
    .filter((one) => textOf(one).includes(asked));
}

function foundOf(shelf: Shelf, row: Record<string, unknown>): Found {
  const id = wordOf(row[shelf.id]);
  return {
    id: `${shelf.kind}-${id}`,
    kind: shelf.kind,
    title: shelf.title.map((field) => wordOf(row[field])).find(Boolean) ?? id,
    detail: wordOf(row[shelf.detail]),
    href: shelf.href(id),
  };
}

function wordOf(field: unknown): string {
  if (Array.isArray(field)) return field.filter((one) => typeof one === 'string').join(', ');
  return typeof field === 'string' ? field : '';
}

function textOf(one: Found): string {
  return `${one.title} ${one.detail ?? ''} ${one.id}`.toLowerCase();
}

function startsFirst(asked: string): (a: Found, b: Found) => number {
  const rank = (one: Found) => (textOf(one).startsWith(asked) || one.detail?.toLowerCase() === asked ? 0 : 1);
  return (a, b) => rank(a) - rank(b);
}
