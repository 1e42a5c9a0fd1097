import './line-thread.css';

export type StopState = 'passed' | 'here' | 'next' | 'broken';

export interface ThreadStop {
  /** Objective, Asset, Failure mode, Monitor, Alert, Notification, Order, Finding, Money. */
  word: string;
  /** What stands there, or for a coming stop what is expected; for a break the reason. */
  label: string;
  href?: string;
  state: StopState;
}

/**
 * The line one case hangs on: nine equal stops, each a link. On a phone it is a row of dots and the stop
 * in words, which opens the full list.
 */
export function LineThread(props: { stops: readonly ThreadStop[]; name?: string; onSurface?: boolean }) {
  const at = Math.max(
    props.stops.findIndex((stop) => stop.state === 'here' || stop.state === 'broken'),
    0,
  );
  const here = props.stops[at];
  const name = props.name ?? 'The line of this case';
  return (
    <nav className={props.onSurface ? 'thread-nav thread-on-surface' : 'thread-nav'} aria-label={name}>
      <ol className="thread">
        {props.stops.map((stop) => (
          <Stop key={stop.word} stop={stop} />
        ))}
      </ol>
      <details className="thread-short">
        <summary>
          <span className="thread-dots" aria-hidden="true">
            {props.stops.map((stop) => (
              <i key={stop.word} className={stop.state} />
            ))}
          </span>
          {here ? (
            <span className="thread-words">
              <b>
                {here.word} {here.label}
              </b>
              , stop {at + 1} of {props.stops.length} on the line
            </span>
          ) : null}
        </summary>
        <ol className="thread-list">
          {props.stops.map((stop) => (
            <li key={stop.word} className={stop.state}>
              <span className="mute">{stop.word}</span>
              {stop.href ? (
                <a className="link" href={stop.href}>
                  {stop.label || 'open'}
                </a>
              ) : (
                <span>{stop.label}</span>
              )}
            </li>
          ))}
        </ol>
      </details>
    </nav>
  );
}

function Stop({ stop }: { stop: ThreadStop }) {
  const current = stop.state === 'here' || stop.state === 'broken';
  const body = (
    <>
      <span className="thread-word">{stop.word}</span>
      <span className="thread-label">{stop.label}</span>
    </>
  );
  return (
    <li className={stop.state} aria-current={current ? 'step' : undefined}>
      {stop.state === 'broken' ? (
        <>
          <i className="thread-gap" aria-hidden="true" />
          <span className="unseen">the line breaks here: </span>
        </>
      ) : null}
      {stop.href ? (
        <a href={stop.href} title={stop.label}>
          {body}
        </a>
      ) : (
        <span>{body}</span>
      )}
    </li>
  );
}
