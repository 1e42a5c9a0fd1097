import type { ReactNode } from 'react';
import { usePlant } from '../format/plant.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ACCESS, type Counts, LINE, type Place, type PlaceWord, STAGES, TODAY } from './places.ts';
import { TEXTS } from './texts.ts';
import './rail.css';

export function Mark() {
  return (
    <svg width="28" height="16" viewBox="0 0 28 16" aria-hidden="true" className="mark">
      <path d="M0 8h8.5M19.5 8H28" />
      <circle cx="14" cy="8" r="5" />
    </svg>
  );
}

/** The line as navigation: Today, Line, the eight stages as stops, Access; the person stands at the foot. */
export function Rail(props: { at: PlaceWord | null; counts: Counts; foot: ReactNode }) {
  const plant = usePlant();
  const item = (place: Place) => <Item key={place.word} place={place} at={props.at} counts={props.counts} />;
  return (
    <nav className="rail" aria-label={TEXTS.stages}>
      <a className="brand" href="/" aria-label="Throughline">
        <Mark />
        <span>Throughline</span>
      </a>
      <div className="plant">
        <b>{plant.name}</b>
        <span className="quiet">{plant.place}</span>
        {plant.simulated ? (
          <span>
            <span className="simulated">{TEXTS.simulated}</span>
          </span>
        ) : null}
      </div>
      {item(TODAY)}
      {item(LINE)}
      <div className="stops">{STAGES.map(item)}</div>
      {item(ACCESS)}
      <div className="rail-foot">{props.foot}</div>
    </nav>
  );
}

function Item(props: { place: Place; at: PlaceWord | null; counts: Counts }) {
  const { place } = props;
  const n = props.counts[place.word];
  return (
    <a
      className="rail-item"
      href={place.path}
      title={place.title}
      aria-current={props.at === place.word ? 'page' : undefined}
    >
      {place.icon ? <Icon name={place.icon} /> : null}
      <span className="rail-word">{place.title}</span>
      {n ? (
        <span className="rail-count">
          <span aria-hidden="true">{n}</span>
          <span className="unseen">, {TEXTS.waiting(n)}</span>
        </span>
      ) : null}
    </a>
  );
}
