import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReviewView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { reading } from '../../data/queries.ts';
import { useSeries } from '../../data/series.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useNames, useRights } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Person } from '../../parts/Person.tsx';
import { Sparkline } from '../../parts/Sparkline.tsx';
import { Failure } from '../../parts/states.tsx';
import { AGREE } from './agree-texts.ts';
import './agree.css';

/** Readings drawn of one episode; more hide behind each other on a phone. */
const POINTS = 160;

/** Past alerts one by one, for a phone in a gloved hand: two big buttons, no outcome, no figure about a person. */
export function ReviewScreen() {
  const { monitorId = '' }: { monitorId?: string } = useParams({ strict: false });
  const path = `/api/v1/monitor/${encodeURIComponent(monitorId)}/review`;
  const review = useQuery(reading<ReviewView>('monitor', path, monitorId, 'review'));
  return (
    <>
      <PageHead
        question={AGREE.reviewQuestion}
        under={review.data ? `${review.data.name}. ${AGREE.reviewUnder}` : null}
        findless
      />
      <Answered query={review} rows={8}>
        {(view) => (
          <div className="review">
            {view.mayAnswer ? <Answering key={view.version} view={view} /> : <Standing view={view} />}
          </div>
        )}
      </Answered>
    </>
  );
}

function Answering({ view }: { view: ReviewView }) {
  const [answers, setAnswers] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [place, setPlace] = useState(0);
  const { mayRun } = useRights();
  const episode = view.episodes[place];
  const answer = (wouldGo: boolean) => {
    if (!episode) return;
    setAnswers(new Map(answers).set(episode.episodeId, wouldGo));
    setPlace(place + 1);
  };
  if (!mayRun('monitor.sign-review')) return <Standing view={view} />;
  if (!episode) return <Signing view={view} answers={answers} onBack={() => setPlace(place - 1)} />;
  const given = answers.get(episode.episodeId);
  return (
    <Panel title={AGREE.episode(place + 1, view.episodes.length)}>
      <EpisodeTrend view={view} episode={episode} />
      <p className="small quiet review-action">{AGREE.action(view.firstAction)}</p>
      <div className="review-answers">
        <Button variant="default" aria-pressed={given === true} onClick={() => answer(true)}>
          {AGREE.go}
        </Button>
        <Button variant="default" aria-pressed={given === false} onClick={() => answer(false)}>
          {AGREE.stay}
        </Button>
      </div>
      <div className="review-foot">
        <progress max={view.episodes.length} value={place} aria-label={AGREE.answeredAll(place)} />
        {place > 0 ? (
          <Button variant="subtle" onClick={() => setPlace(place - 1)}>
            {AGREE.back}
          </Button>
        ) : null}
      </div>
    </Panel>
  );
}

function EpisodeTrend({ view, episode }: { view: ReviewView; episode: ReviewView['episodes'][number] }) {
  const series = useSeries(view.signalId, episode.fromMs, episode.toMs, POINTS, true);
  const { dateTime } = useWriter();
  const last = series.data?.value.findLast((value) => value !== null) ?? null;
  return (
    <figure className="review-trend">
      <figcaption className="small quiet">
        {view.signalName}, {dateTime(episode.fromMs)} to {dateTime(episode.toMs)}
      </figcaption>
      {series.data && last !== null ? (
        <>
          <Sparkline
            values={series.data.value}
            {...(view.limit ? { limit: view.limit.value } : {})}
            width={640}
            height={220}
            stretch
          />
          <p>
            {number(last)} {view.unit}
            {view.limit ? (
              <span className="mute">
                {' '}
                limit {view.limit.direction} {number(view.limit.value)} {view.limit.unit}
              </span>
            ) : null}
          </p>
        </>
      ) : (
        <p className="mute review-blank">{series.isPending ? '' : AGREE.noReadings}</p>
      )}
    </figure>
  );
}

function Signing(props: { view: ReviewView; answers: ReadonlyMap<string, boolean>; onBack: () => void }) {
  const { view, answers, onBack } = props;
  const { run, busy, refusal } = useCommand();
  const [comment, setComment] = useState('');
  const send = () =>
    run(`/api/v1/monitor/${encodeURIComponent(view.monitorId)}/sign-review`, {
      version: view.version,
      answers: [...answers].map(([episodeId, wouldGo]) => ({ episodeId, wouldGo })),
      comment: comment.trim() === '' ? null : comment,
    });
  return (
    <Panel title={AGREE.answeredAll(answers.size)}>
      <form
        className="review-sign"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p className="small quiet">{AGREE.reviewSmall}</p>
        <TextInput
          label={AGREE.reviewComment}
          value={comment}
          maxLength={500}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <Button type="submit" variant="filled" data-main-action disabled={busy} aria-busy={busy}>
          {AGREE.sign}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {AGREE.back}
        </Button>
        {refusal ? <Failure {...refusal} /> : null}
      </form>
    </Panel>
  );
}

function Standing({ view }: { view: ReviewView }) {
  const name = useNames();
  const { agreement } = view;
  return (
    <Panel title={view.answered ? AGREE.thanks : AGREE.notYours}>
      <p>{AGREE.reviewed(view.episodes.length)}.</p>
      {agreement ? (
        <p>
          <b>{AGREE.agreement(agreement.agreed, agreement.of)}</b>.{' '}
          <span className="mute">{AGREE.needed(Math.round(agreement.needed * 100))}</span>
        </p>
      ) : null}
      <p className="review-signed">
        {view.signedBy.map((by) => (
          <Person key={by} name={name(by)} />
        ))}
      </p>
      <a href={`/monitor/${view.monitorId}`}>{AGREE.open}</a>
    </Panel>
  );
}
