import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { Icon } from './Icon.tsx';
import './states.css';

/** Good news and how we know it; a first-run page names the next step in `children`. */
export function Empty(props: { title: string; because: ReactNode; children?: ReactNode }) {
  return (
    <div className="state">
      <b>{props.title}</b>
      <span>{props.because}</span>
      {props.children}
    </div>
  );
}

const SHOW_BARS_AFTER_MS = 300;
const WIDTHS = [62, 88, 74, 81, 57, 92, 68];

/** Still grey bars in the place and height of the rows to come; nothing in the first 0.3 s. */
export function Loading(props: { rows?: number; rowHeight?: number; name?: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_BARS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const rows = props.rows ?? 3;
  const height = props.rowHeight ?? 24;
  return (
    <div className="loading" aria-busy="true" role="status" style={{ minHeight: rows * height }}>
      <span className="unseen">{props.name ?? 'Loading'}</span>
      {shown
        ? Array.from({ length: rows }, (_, row) => row).map((row) => (
            <span key={row} className="loading-row" style={{ height }}>
              <i style={{ width: `${WIDTHS[row % WIDTHS.length]}%` }} />
            </span>
          ))
        : null}
    </div>
  );
}

/** Beside the thing that failed: what happened, what was not lost, what to do, and the code. */
export function Failure(props: {
  title: string;
  detail?: ReactNode;
  mend?: ReactNode;
  code?: string;
  /** Each missing or wrong item with its own mend. */
  items?: readonly { code: string; message: string; mend: string }[];
  /** The first is the remedy, the second tries again. */
  actions?: readonly { words: string; onChoose: () => void }[];
}) {
  return (
    <div className="state state-failure" role="alert">
      <b>{props.title}</b>
      {props.detail ? <span>{props.detail}</span> : null}
      {props.mend ? <span>{props.mend}</span> : null}
      {props.items?.length ? (
        <ul className="state-items">
          {props.items.map((item) => (
            <li key={`${item.code}${item.message}`}>
              {item.message} {item.mend} <span className="state-code">{item.code}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {props.code ? <span className="state-code">{props.code}</span> : null}
      {props.actions?.length ? (
        <span className="line-up">
          {props.actions.map((action, place) => (
            <Button key={action.words} variant={place === 0 ? 'default' : 'subtle'} onClick={action.onChoose}>
              {action.words}
            </Button>
          ))}
        </span>
      ) : null}
    </div>
  );
}

/** One grey strip; everything stays usable. */
export function Offline(props: { since: string; waiting: number; href?: string; onTry?: () => void }) {
  const changes = props.waiting === 1 ? '1 change waits' : `${props.waiting} changes wait`;
  return (
    <p className="offline" role="status">
      <Icon name="offline" size={18} />
      <span>
        <b>Offline</b> since {props.since}. {props.waiting === 0 ? 'All is kept here.' : null}
        {props.waiting > 0 ? (
          props.href ? (
            <a className="link" href={props.href}>
              {changes}.
            </a>
          ) : (
            `${changes}.`
          )
        ) : null}
      </span>
      {props.onTry ? (
        <button type="button" className="link offline-try" onClick={props.onTry}>
          Try now
        </button>
      ) : null}
    </p>
  );
}

/** A share of something long: the words carry the numbers, the bar the feeling. */
export function Progress(props: { words: string; figures: string; share: number }) {
  return (
    <div className="progress">
      <p>
        <span>{props.words}</span>
        <span className="mute">{props.figures}</span>
      </p>
      <div
        className="progress-bar"
        role="progressbar"
        aria-label={props.words}
        aria-valuenow={Math.round(props.share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ width: `${props.share * 100}%` }} />
      </div>
    </div>
  );
}
