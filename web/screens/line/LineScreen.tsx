import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { LineView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useNames } from '../../frame/people.ts';
import { readToday } from '../../frame/session.ts';
import { LineKey, LinePicture } from '../../parts/LinePicture.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { Empty } from '../../parts/states.tsx';
import { SignalsWord } from '../today/SignalsWord.tsx';
import { LineCards } from './LineCards.tsx';
import { groupsOf, totalsOf } from './picture.ts';
import { TEXTS } from './texts.ts';
import './line.css';

const PERIODS = [
  { id: '90', words: TEXTS.quarter },
  { id: '365', words: TEXTS.year },
] as const;

/** Where does the line break? Objective to money in one picture. */
export function LineScreen() {
  const [days, setDays] = useState<'90' | '365'>('90');
  const line = useQuery({
    ...reading<LineView>('line', `/api/v1/line?days=${days}`, days),
    placeholderData: keepPreviousData,
  });
  const today = useQuery(readToday).data;
  const view = line.data;
  return (
    <>
      <PageHead
        question={TEXTS.question}
        under={
          view && view.totals.failureModes > 0 ? TEXTS.under(view.totals.failureModes, view.breaks) : null
        }
        tools={
          <>
            {today && today.signals > 0 ? (
              <SignalsWord
                signals={today.signals}
                notValid={today.noSignal}
                newestMs={today.newestReadingMs}
              />
            ) : null}
            <Segments name={TEXTS.period} options={PERIODS} chosen={days} onChoose={setDays} />
          </>
        }
      />
      <Answered query={line} rows={10} rowHeight={44}>
        {(answer) => <Body view={answer} />}
      </Answered>
    </>
  );
}

function Body({ view }: { view: LineView }) {
  const name = useNames();
  const { clock, month } = useWriter();
  const groups = useMemo(() => groupsOf(view, { name, clock, month }), [view, name, clock, month]);
  if (view.objectives.length === 0) {
    return (
      <Empty title={TEXTS.noPlan} because={TEXTS.noPlanBecause}>
        <a className="link" href="/strategy">
          {TEXTS.noPlanNext}
        </a>
      </Empty>
    );
  }
  return (
    <>
      <section className="panel">
        <LinePicture groups={groups} totals={totalsOf(view)} />
        <LineKey />
      </section>
      <LineCards view={view} />
    </>
  );
}
