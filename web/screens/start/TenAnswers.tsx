import { Button } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import type { StartMachine, StartView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { useRights } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { type Answers, bodyOf, firstAnswers, isAnswered } from './answers.ts';
import { Question, QUESTIONS } from './questions.tsx';
import { AnswerSentence } from './AnswerSentence.tsx';
import { TEXTS } from './texts.ts';

const LAST = 10;
const SUMMARY = LAST + 1;

/** Ten questions one at a time, each with a default; what was typed outlives the page. */
export function TenAnswers(props: {
  machine: StartMachine;
  view: StartView;
  onOther: () => void;
  onStarted: () => void;
}) {
  const { machine, view } = props;
  const { me } = useRights();
  const place = `throughline-answers-${machine.assetId}`;
  const [answers, setAnswers] = useState<Answers>(
    () => kept(place) ?? firstAnswers(machine, view.crews, me?.personId ?? ''),
  );
  // the machine was chosen on the page before: that is the first answer
  const [at, setAt] = useState(2);
  const { run, busy, refusal, clear } = useCommand();
  useEffect(() => {
    sessionStorage.setItem(place, JSON.stringify(answers));
  }, [answers, place]);
  const step = (to: number) => {
    clear();
    setAt(to);
  };
  const firstOpen = Array.from({ length: LAST }, (_, n) => n + 1).find((n) => !isAnswered(answers, n));
  const start = async () => {
    if (!(await run('/api/v1/monitor/from-answers', bodyOf(answers)))) return;
    sessionStorage.removeItem(place);
    props.onStarted();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (at < SUMMARY) step(at === LAST && firstOpen !== undefined ? firstOpen : at + 1);
    else void start();
  };
  return (
    <Panel
      title={at === SUMMARY ? TEXTS.ready : QUESTIONS[at - 1]}
      aside={at === SUMMARY ? machine.name : TEXTS.answerOf(at)}
      className="start-ten"
    >
      <form onSubmit={send}>
        <p className="start-track" aria-hidden="true">
          {Array.from({ length: LAST }, (_, n) => (
            <i
              key={n}
              className={n + 1 === at ? 'start-now' : isAnswered(answers, n + 1) ? 'start-has' : ''}
            />
          ))}
        </p>
        {at === SUMMARY ? (
          <>
            <AnswerSentence answers={answers} machine={machine} view={view} onOpen={step} />
            <p className="small quiet start-help">{TEXTS.readyHelp}</p>
          </>
        ) : (
          <Question n={at} answers={answers} machine={machine} view={view} onAnswer={setAnswers} />
        )}
        {refusal ? <Failure {...refusal} /> : null}
        <p className="start-acts">
          <Button
            type="submit"
            variant="filled"
            data-main-action=""
            disabled={busy || (at < SUMMARY ? !isAnswered(answers, at) : firstOpen !== undefined)}
          >
            {busy ? 'Working' : at === SUMMARY ? TEXTS.startTrial : TEXTS.next}
          </Button>
          <Button variant="subtle" onClick={() => (at > 2 ? step(at - 1) : props.onOther())}>
            {at > 2 ? TEXTS.back : TEXTS.otherMachine}
          </Button>
        </p>
      </form>
    </Panel>
  );
}

function kept(place: string): Answers | null {
  const text = sessionStorage.getItem(place);
  return text === null ? null : (JSON.parse(text) as Answers);
}
