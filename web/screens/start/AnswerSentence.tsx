import type { StartMachine, StartView } from '../../../src/api/contract.ts';
import { counted, number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { useNames } from '../../frame/people.ts';
import { Sentence, Slot } from '../../parts/Slot.tsx';
import { type Answers, HAND, isAnswered } from './answers.ts';

const MINOR = 100;

/** The ten answers as one sentence; each slot leads back to its question. */
export function AnswerSentence(props: {
  answers: Answers;
  machine: StartMachine;
  view: StartView;
  onOpen: (n: number) => void;
}) {
  const { answers, machine, view, onOpen } = props;
  const { money } = useWriter();
  const nameOf = useNames();
  const signal = machine.signals.find((one) => one.signalId === answers.signalId);
  const byHand = answers.signalId === HAND;
  const unit = byHand ? answers.handUnit : (signal?.unit ?? '');
  const crew = view.crews.find((one) => one.crewId === answers.crewId)?.name ?? answers.crewName;
  const wordy = unit === view.wordsUnit;
  const slot = (n: number, words: string) => (
    <Slot empty={!isAnswered(answers, n)} onOpen={() => onOpen(n)}>
      {isAnswered(answers, n) ? words : '?'}
    </Slot>
  );
  return (
    <Sentence>
      When {slot(4, byHand ? answers.handName : (signal?.name ?? ''))} of <b>{machine.name}</b>{' '}
      {answers.direction === 'high' ? 'is at or above' : 'is at or below'}{' '}
      {slot(5, wordy ? (answers.limit === 1 ? 'worn' : 'bad') : `${number(answers.limit ?? 0)} ${unit}`)}{' '}
      {byHand ? (
        <>read every {slot(4, counted(answers.everyDays, 'day', 'days'))}</>
      ) : (
        <>for {slot(6, `${answers.delayMin} min`)}</>
      )}
      , then {slot(7, answers.firstAction)} by {slot(8, crew)} within{' '}
      {slot(9, counted(answers.withinDays, 'day', 'days'))}, because {slot(2, answers.whatFails)} costs{' '}
      {slot(3, `${money(Math.round((answers.stopHour ?? 0) * MINOR))}/h`)}. Answers:{' '}
      {slot(10, nameOf(answers.owner))}
    </Sentence>
  );
}
