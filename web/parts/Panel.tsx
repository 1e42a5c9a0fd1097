import type { ReactNode } from 'react';
import './panel.css';

/** The one box of the product: a title, an aside in grey or a link, and what belongs together. */
export function Panel(props: {
  title?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  /** Body without padding, for lists and tables that draw their own rows. */
  flush?: boolean;
  className?: string;
}) {
  return (
    <section className={props.className ? `panel ${props.className}` : 'panel'}>
      {props.title ? (
        <header className="panel-head">
          <h2>{props.title}</h2>
          {props.aside ? <span className="small mute">{props.aside}</span> : null}
        </header>
      ) : null}
      <div className={props.flush ? 'panel-flush' : 'panel-body'}>{props.children}</div>
    </section>
  );
}
