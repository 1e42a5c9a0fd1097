import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { CaseView, Stop } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { shortId } from '../../format/id.ts';
import { readingShown } from '../../format/reading.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { PLACES, type PlaceWord } from '../../frame/places.ts';
import { useStanding } from '../../frame/standing.tsx';
import { Age } from '../../parts/Age.tsx';
import { LineThread, type ThreadStop } from '../../parts/LineThread.tsx';
import { PriorityBadge } from '../../parts/PriorityBadge.tsx';
import { Value } from '../../parts/Value.tsx';
import { CaseDecision } from './CaseDecision.tsx';
import { BeforePanel, FoundPanel, HappenedPanel, LookForPanel, SignsPanel } from './CasePanels.tsx';
import { CaseTrend } from './CaseTrend.tsx';
import { CopyPanel } from './CopyPanel.tsx';
import { MatchingPanel } from './MatchingPanel.tsx';
import { TEXTS } from './texts.ts';
import './case.css';

/** Why, how bad, what to do, what happened: everything that hangs on one fault. */
export function CaseScreen() {
  const { caseId = '' }: { caseId?: string } = useParams({ strict: false });
  const found = useQuery(reading<CaseView>('work', `/api/v1/work/case/${encodeURIComponent(caseId)}`));
  return (
    <Answered query={found} rows={12}>
      {(view) => <Case view={view} />}
    </Answered>
  );
}

function Case({ view }: { view: CaseView }) {
  useStanding(placeOfStage(view.stage));
  return (
    <>
      <LineThread stops={threadOf(view.stops)} />
      <PageHead question={view.title} under={<HeadFacts view={view} />} findless />
      <div className="case">
        <div className="case-bad">
          <CaseTrend view={view} />
        </div>
        <div className="case-side">
          <CaseDecision view={view} />
          <HappenedPanel view={view} />
        </div>
        <div className="case-rest">
          <MatchingPanel view={view} />
          {view.matching.mergedInto === null ? (
            <>
              <SignsPanel view={view} />
              <LookForPanel view={view} />
              <FoundPanel view={view} />
              <BeforePanel view={view} />
              <CopyPanel view={view} />
            </>
          ) : null}
        </div>
      </div>
    </>
  );
}

function HeadFacts({ view }: { view: CaseView }) {
  const { dateTime } = useWriter();
  return (
    <span className="case-facts">
      <PriorityBadge priority={view.priority} unacknowledged={view.state === 'new'} />
      <span>
        Case <b>{shortId(view.caseId)}</b>
      </span>
      {view.closedAtMs === null ? (
        <span>
          {view.limit?.direction === 'low' ? 'under' : 'over'} its limit since{' '}
          <b>{dateTime(view.openedAtMs)}</b>, <Age atMs={view.openedAtMs} suffix="" />
        </span>
      ) : (
        <span>
          closed <b>{dateTime(view.closedAtMs)}</b>: {view.closedBecause}
        </span>
      )}
      {view.criticality ? (
        <span>
          criticality <b>{view.criticality}</b>
        </span>
      ) : null}
      {view.matching.firstSeenBy === 'operator' ? <span>{TEXTS.operatorFirst}</span> : null}
      <Value reading={readingShown(view.reading)} />
    </span>
  );
}

/** The nine stops as the line draws them; a break says its reason. */
export function threadOf(stops: readonly Stop[]): ThreadStop[] {
  return stops.map(({ word, value, href, state, reason }) => ({
    word: word.charAt(0).toUpperCase() + word.slice(1),
    label: reason ? `${value}: ${reason}` : value,
    state,
    ...(href ? { href } : {}),
  }));
}

export function placeOfStage(stage: string): PlaceWord | null {
  return PLACES.find((place) => place.word === stage)?.word ?? null;
}
