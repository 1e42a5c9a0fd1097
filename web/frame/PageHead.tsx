import { type ReactNode, useEffect } from 'react';
import { usePlant } from '../format/plant.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useFrame } from './frame-context.ts';
import { TEXTS } from './texts.ts';
import './page-head.css';

/**
 * The question a screen answers, a line of grey under it, its tools, and the field that finds anything.
 * Sets the window's title. One per screen: it holds the only h1.
 */
export function PageHead(props: {
  question: string;
  under?: ReactNode;
  tools?: ReactNode;
  /** For pages of one thing, where the field gives way to the thing's own tools. */
  findless?: boolean;
}) {
  const plant = usePlant();
  const { openFind } = useFrame();
  useEffect(() => {
    const marked = plant.simulated && !/\bsimulated\b/i.test(plant.name);
    document.title = `${props.question} | ${plant.name}${marked ? ' (simulated)' : ''}`;
  }, [props.question, plant.name, plant.simulated]);
  return (
    <header className="page-head">
      <div>
        <h1>{props.question}</h1>
        {props.under ? <p className="quiet">{props.under}</p> : null}
      </div>
      <div className="page-tools">
        {props.tools}
        {props.findless ? null : (
          <button type="button" className="find" onClick={openFind}>
            <Icon name="find" size={14} />
            {TEXTS.find}
            <kbd>Ctrl K</kbd>
          </button>
        )}
      </div>
    </header>
  );
}
