import type { TodayView } from '../../../src/api/contract.ts';
import { count, number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { hours } from '../../format/time.ts';
import { useRights } from '../../frame/people.ts';
import { PLACES } from '../../frame/places.ts';
import { Icon } from '../../parts/Icon.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { PriorityShape } from '../../parts/PriorityBadge.tsx';
import { TEXTS } from './texts.ts';

/** What waits for somebody else. */
export function OthersPanel({ view }: { view: TodayView }) {
  return (
    <Panel
      title={TEXTS.others}
      aside={
        <a className="link" href="/work">
          {TEXTS.othersAll}
        </a>
      }
    >
      {view.others.length === 0 ? (
        <p className="small quiet">{TEXTS.othersNone}</p>
      ) : (
        <ul className="beside-list">
          {view.others.map((other) => (
            <li key={other.caseId} className="beside-other" data-row="" tabIndex={-1}>
              {other.priority ? <PriorityShape priority={other.priority} /> : <span />}
              <a href={other.href}>
                <b>{other.title}</b>
              </a>
              <span className="nowrap right">
                {other.reading?.value == null ? null : (
                  <>
                    {number(other.reading.value, 1)} {other.reading.unit}{' '}
                    <span className="mute small">
                      {TEXTS.limit} {number(other.reading.limit)}
                    </span>
                  </>
                )}
              </span>
              <p className="small quiet">{other.detail}</p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const MOST_BREAKS = 6;

/** Only for who may read the line: to a guest nothing is told of it, so nothing is said to be whole. */
export function BreaksPanel({ view }: { view: TodayView }) {
  const { mayRead } = useRights();
  if (!mayRead('line')) return null;
  const monitors = view.monitors.live + view.monitors.trial + view.monitors.draft;
  return (
    <Panel
      title={TEXTS.breaks}
      aside={
        <a className="link" href="/line">
          {TEXTS.breaksAll(view.breaks.length)}
        </a>
      }
    >
      {view.breaks.length === 0 ? (
        <p className="small quiet">{monitors === 0 ? TEXTS.noLine : TEXTS.breaksNone}</p>
      ) : (
        <ul className="beside-list">
          {view.breaks.slice(0, MOST_BREAKS).map((one) => (
            <li key={one.label} className="beside-break" data-row="" tabIndex={-1}>
              <Icon name="breaks" />
              <a href={one.href}>{one.label}</a>
              <span className="mute small">{PLACES.find((place) => place.word === one.stage)?.title}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** What needed nobody. Numbers stand right, so that they compare. */
export function DonePanel({ view }: { view: TodayView }) {
  const { dateTime } = useWriter();
  const { done } = view;
  const lines: [number, string][] = [
    [done.readingsJudged, TEXTS.readings],
    [done.alertsRaised, TEXTS.raised(done.alertsJoined)],
    [done.notificationsDrafted, TEXTS.drafted(done.notificationsDrafted)],
    [done.lostOrTwice, TEXTS.twice],
  ];
  return (
    <Panel title={TEXTS.done} aside={`since ${dateTime(done.sinceMs)}`}>
      <dl className="beside-done">
        {lines.map(([n, words]) => (
          <div key={words}>
            <dd>{count(n)}</dd>
            <dt>{words}</dt>
          </div>
        ))}
      </dl>
      {view.noise.map((crew) => (
        <div key={crew.crewId} className="beside-noise">
          <p className="small quiet">
            {TEXTS.noise}, {crew.crewName}:{' '}
            <b>{TEXTS.noiseWords(number(crew.usedH, 1), hours(Math.round(crew.budgetH * 10) / 10))}</b>
          </p>
          <i aria-hidden="true">
            <i style={{ width: `${Math.min(1, crew.usedH / Math.max(crew.budgetH, 0.01)) * 100}%` }} />
          </i>
        </div>
      ))}
    </Panel>
  );
}
