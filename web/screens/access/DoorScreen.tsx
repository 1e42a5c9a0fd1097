import type { ReactNode } from 'react';
import { Mark } from '../../frame/Rail.tsx';
import './door.css';

/** A page outside the plant: one question, nothing beside it. */
export function DoorScreen(props: { question: string; under?: ReactNode; children: ReactNode }) {
  return (
    <div className="door">
      <p className="door-brand">
        <Mark /> Throughline
      </p>
      <section className="panel door-panel">
        <h1>{props.question}</h1>
        {props.under ? <p className="quiet">{props.under}</p> : null}
        {props.children}
      </section>
    </div>
  );
}
