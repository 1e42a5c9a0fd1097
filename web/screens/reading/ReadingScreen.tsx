import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { HandReadingView } from '../../../src/api/contract.ts';
import { useData } from '../../data/provider.tsx';
import { reading } from '../../data/queries.ts';
import { type ProblemWords, wordsOf } from '../../data/refusal.ts';
import { number } from '../../format/number.ts';
import { usePlantNow, useWriter } from '../../format/plant.tsx';
import { isCrossed } from '../../format/reading.ts';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { useStanding } from '../../frame/standing.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { TEXTS } from './texts.ts';
import './reading.css';

/** One reading at the machine: a number or a word, in two taps, also without a network. */
export function ReadingScreen() {
  useStanding('acquire');
  const { signalId = '' }: { signalId?: string } = useParams({ strict: false });
  const path = `/api/v1/acquire/reading/${encodeURIComponent(signalId)}`;
  const query = useQuery(reading<HandReadingView>('acquire', path));
  return (
    <>
      <PageHead
        question={query.data ? TEXTS.readQuestion(query.data.name) : TEXTS.roundsQuestion}
        under={query.data ? TEXTS.at(query.data.assetName) : null}
        findless
      />
      <Answered query={query} rows={4}>
        {(view) => <Entry key={view.signalId} view={view} />}
      </Answered>
    </>
  );
}

function Entry({ view }: { view: HandReadingView }) {
  const { mayRun } = useRights();
  const { waiting } = useData();
  const nowMs = usePlantNow(10_000);
  const [text, setText] = useState('');
  const [kept, setKept] = useState<string | null>(null);
  const [failure, setFailure] = useState<ProblemWords | null>(null);
  const value = text.trim() === '' ? null : Number(text.replace(',', '.'));
  const keep = async (read: number, words: string) => {
    try {
      await waiting.add({
        method: 'POST',
        path: '/api/v1/acquire/reading',
        body: { how: 'phone', readings: [{ signalId: view.signalId, atMs: Math.round(nowMs), value: read }] },
        title: `Reading on ${view.assetName}`,
        detail: `${view.name}: ${words}`,
      });
      setFailure(null);
      setKept(words);
      setText('');
    } catch (thrown) {
      setFailure(wordsOf(thrown));
    }
  };
  if (!view.asked) {
    return (
      <Empty title={TEXTS.notAsked} because={TEXTS.notAskedNext}>
        <a className="link" href={`/start?asset=${encodeURIComponent(view.assetId)}`}>
          {TEXTS.begin}
        </a>
      </Empty>
    );
  }
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (value !== null && Number.isFinite(value)) void keep(value, `${number(value)} ${view.unit}`);
  };
  return (
    <div className="hand-reading">
      <Standing view={view} nowMs={nowMs} />
      {kept ? (
        <div className="state" role="status">
          <b>{TEXTS.kept(kept)}</b>
        </div>
      ) : null}
      {mayRun('acquire.enter-readings') ? null : <p className="quiet">{TEXTS.mayNot}</p>}
      {view.words ? (
        <div className="hand-words">
          {view.words.map((word, at) => (
            <button
              key={word}
              type="button"
              disabled={!mayRun('acquire.enter-readings')}
              onClick={() => void keep(at, word)}
            >
              {word.charAt(0).toUpperCase() + word.slice(1)}
            </button>
          ))}
        </div>
      ) : (
        <form onSubmit={send} className="hand-number">
          <TextInput
            label={TEXTS.value(view.unit)}
            value={text}
            inputMode="decimal"
            autoComplete="off"
            size="lg"
            maxLength={20}
            error={value !== null && !Number.isFinite(value) ? TEXTS.notNumber : null}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setKept(null);
            }}
          />
          {isCrossed(value, view.limit) ? <p role="status">{TEXTS.crossed}</p> : null}
          <Button
            type="submit"
            size="lg"
            variant="filled"
            data-main-action=""
            disabled={value === null || !Number.isFinite(value) || !mayRun('acquire.enter-readings')}
          >
            {TEXTS.keep}
          </Button>
        </form>
      )}
      {failure ? <Failure {...failure} /> : null}
      <a className="link hand-all" href="/round">
        {TEXTS.all}
      </a>
    </div>
  );
}

function Standing({ view, nowMs }: { view: HandReadingView; nowMs: number }) {
  const { moment } = useWriter();
  const { reading: last, limit, dueMs, words } = view;
  const write = (value: number) => (words ? (words[value] ?? '') : `${number(value)} ${view.unit}`);
  return (
    <dl className="hand-standing">
      <div>
        <dt>{TEXTS.last}</dt>
        <dd>
          {last.value === null || last.atMs === null ? (
            <span className="mute">{TEXTS.none}</span>
          ) : (
            <>
              <b>{write(last.value)}</b> <span className="small mute">{moment(last.atMs, nowMs)}</span>
            </>
          )}
        </dd>
      </div>
      {limit ? (
        <div>
          <dt>{TEXTS.limit}</dt>
          <dd>{write(limit.value)}</dd>
        </div>
      ) : null}
      {dueMs === null ? null : (
        <div>
          <dt>{TEXTS.due}</dt>
          <dd>
            {moment(dueMs, nowMs)} {dueMs < nowMs ? <b>{TEXTS.overdue}</b> : null}
          </dd>
        </div>
      )}
    </dl>
  );
}
