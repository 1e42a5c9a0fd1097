import type { ReactNode } from 'react';
import { useWriter } from '../format/plant.tsx';
import './timeline.css';

export interface Happening {
  id: string;
  /** null = now: what is waited for. */
  atMs: number | null;
  words: ReactNode;
  href?: string;
}

/** "What happened", oldest first. The day is written when it changes; the hour always. */
export function Timeline(props: { happenings: readonly Happening[] }) {
  const { clock, day } = useWriter();
  const { happenings } = props;
  return (
    <ol className="timeline">
      {happenings.map((one, place) => {
        const before = happenings[place - 1]?.atMs ?? null;
        const words =
          one.atMs === null
            ? 'now'
            : before !== null && day(before) === day(one.atMs)
              ? clock(one.atMs)
              : `${day(one.atMs)} ${clock(one.atMs)}`;
        return (
          <li key={one.id} className={one.atMs === null ? 'pending' : undefined}>
            <time dateTime={one.atMs === null ? undefined : new Date(one.atMs).toISOString()}>{words}</time>
            <i aria-hidden="true" />
            {one.href ? <a href={one.href}>{one.words}</a> : <span>{one.words}</span>}
          </li>
        );
      })}
    </ol>
  );
}
