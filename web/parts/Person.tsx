import type { ReactNode } from 'react';
import './person.css';

/** Two letters of a name: first of the first word, first of the last. */
export function initials(name: string): string {
  const words = name
    .replaceAll('.', ' ')
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word));
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words[words.length - 1]?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}

/** A person by initials and name. `answers` marks the one accountable person; `note` stands behind in grey. */
export function Person(props: { name: string; role?: string; answers?: boolean; note?: ReactNode }) {
  return (
    <span className="person">
      <span className="face" aria-hidden="true">
        {initials(props.name)}
      </span>
      {props.name}
      {props.role ? <span className="mute">{props.role}</span> : null}
      {props.answers ? <span className="tag">answers</span> : null}
      {props.note ? <span className="mute">{props.note}</span> : null}
    </span>
  );
}

/** An empty place that someone must fill. */
export function Nobody(props: { href?: string; words?: string }) {
  return (
    <span className="person">
      <span className="face face-empty" aria-hidden="true">
        ?
      </span>
      {props.words ?? 'Nobody yet'}
      {props.href ? (
        <a className="link small" href={props.href}>
          Name one
        </a>
      ) : null}
    </span>
  );
}

/** The large form at the foot of the rail and in head lines. */
export function Face(props: { name: string; large?: boolean }) {
  return (
    <span className={props.large ? 'face face-large' : 'face'} aria-hidden="true">
      {initials(props.name)}
    </span>
  );
}
