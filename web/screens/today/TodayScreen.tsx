import { useQuery } from '@tanstack/react-query';
import type { TodayView } from '../../../src/api/contract.ts';
import { useSteady } from '../../data/steady.ts';
import { usePlantNow, useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { readToday } from '../../frame/session.ts';
import { Age } from '../../parts/Age.tsx';
import { PRIORITY_WORD, PriorityShape } from '../../parts/PriorityBadge.tsx';
import { Empty } from '../../parts/states.tsx';
import { BreaksPanel, DonePanel, OthersPanel } from './Beside.tsx';
import { SignalsWord } from './SignalsWord.tsx';
import { TEXTS } from './texts.ts';
import { TodayRow } from './TodayRow.tsx';
import './today.css';

/** Values on this page are asked again this often, ms; changes of cases come by themselves. */
const REFRESH_MS = 15_000;

/** What needs me? One row for each thing that waits for the person who looks. */
export function TodayScreen() {
  const today = useQuery({ ...readToday, refetchInterval: REFRESH_MS });
  const nowMs = usePlantNow(10_000);
  const { longDay, clock } = useWriter();
  const view = today.data;
  return (
    <>
      <PageHead
        question={TEXTS.question}
        under={view ? `${longDay(nowMs)}, ${clock(nowMs)}` : null}
        tools={
          view && view.signals > 0 ? (
            <SignalsWord signals={view.signals} notValid={view.noSignal} newestMs={view.newestReadingMs} />
          ) : null
        }
      />
      <Answered query={today} rows={6} rowHeight={78}>
        {(answer) => <Body view={answer} />}
      </Answered>
    </>
  );
}

function Body({ view }: { view: TodayView }) {
  const { me } = useRights();
  const rows = useSteady(view.items, (item) => item.id, me?.personId ?? '');
  const urgent = rows.fresh.some((item) => item.priority === 1);
  return (
    <>
      <Glance view={view} />
      <p className="unseen" role="alert">
        {urgent ? TEXTS.freshNow : ''}
      </p>
      <section className="panel today-list" aria-label={TEXTS.question}>
        {rows.shown.length === 0 ? (
          <Nothing view={view} />
        ) : (
          <>
            <div className="today-row today-head">
              <span>{TEXTS.act}</span>
              <span>
                {TEXTS.waits(view.items.length)}
                {rows.fresh.length > 0 ? (
                  <button type="button" className="link today-fresh" onClick={rows.show}>
                    {TEXTS.fresh(rows.fresh.length)}
                  </button>
                ) : null}
              </span>
              <span>{TEXTS.howBad}</span>
              <span className="right">{TEXTS.atRisk}</span>
              <span>{TEXTS.actBy}</span>
              <span />
            </div>
            <ul>
              {rows.shown.map((item, place) => (
                <TodayRow key={item.id} item={item} nowMs={view.nowMs} first={place === 0} />
              ))}
            </ul>
          </>
        )}
      </section>
      <div className="today-beside">
        <OthersPanel view={view} />
        <BreaksPanel view={view} />
        <DonePanel view={view} />
      </div>
    </>
  );
}

function Nothing({ view }: { view: TodayView }) {
  const notLive = TEXTS.notLive(view.monitors.trial, view.monitors.draft);
  if (view.signals === 0 && view.monitors.live === 0) {
    return (
      <Empty title={TEXTS.noPlan} because={TEXTS.noPlanBecause}>
        <a className="link" href="/strategy">
          {TEXTS.noPlanNext}
        </a>
      </Empty>
    );
  }
  return (
    <Empty
      title={TEXTS.nothing}
      because={
        <>
          {TEXTS.watched(view.monitors.live, view.assetsWatched)}
          {view.newestReadingMs === null ? (
            'not yet here.'
          ) : (
            <Age atMs={view.newestReadingMs} suffix=" ago." />
          )}
          {notLive === '' ? '' : TEXTS.causeNoWork(notLive)}
        </>
      }
    />
  );
}

/** How the plant stands, in five counts. A count of nothing is grey. */
function Glance({ view }: { view: TodayView }) {
  return (
    <div className="glance">
      {view.counts.map(({ priority, n }) => (
        <a key={priority} className={n === 0 ? 'glance-none' : undefined} href="/work">
          <PriorityShape priority={priority} size={22} />
          <span>
            <b>{n}</b> <span className="quiet">{PRIORITY_WORD[priority].toLowerCase()}</span>
          </span>
        </a>
      ))}
      <a className={view.noSignal === 0 ? 'glance-none' : undefined} href="/detect">
        <i className="glance-blind hatched" aria-hidden="true" />
        <span>
          <b>{view.noSignal}</b> <span className="quiet">{TEXTS.noSignal}</span>
        </span>
      </a>
      <p className="small quiet">
        {TEXTS.openCases(view.openCases)}. {TEXTS.inside(view.monitorsInside)}.
      </p>
    </div>
  );
}
