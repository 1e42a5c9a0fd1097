import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { StartMachine, StartView } from '../../../src/api/contract.ts';
import { usePlant } from '../../format/plant.tsx';
import { readPeople } from '../../frame/session.ts';
import { type Answers, HAND } from './answers.ts';
import { WhatFails } from './WhatFails.tsx';

/** In the order people give them; the first is answered by choosing the machine. */
export const QUESTIONS = [
  'Which machine?',
  'What fails?',
  "What does an hour's stop cost?",
  'What would show it?',
  'From which value on, and how do you know?',
  'How long must it last before anybody is told?',
  'What is done first?',
  'Who goes?',
  'Within how many days?',
  'Who answers for it?',
] as const;

interface Asked {
  answers: Answers;
  machine: StartMachine;
  view: StartView;
  onAnswer: (answers: Answers) => void;
}

export function Question(props: Asked & { n: number }) {
  const fields: Record<number, (asked: Asked) => React.ReactNode> = {
    2: WhatFails,
    3: StopHour,
    4: WhatShows,
    5: Limit,
    6: Delay,
    7: FirstAction,
    8: WhoGoes,
    9: Within,
    10: WhoAnswers,
  };
  const Field = fields[props.n];
  return Field ? <Field {...props} /> : null;
}

function StopHour({ answers, onAnswer }: Asked) {
  const { currency } = usePlant();
  return (
    <>
      <ul className="start-bands">
        {[100, 500, 2_000, 5_000].map((band) => (
          <li key={band}>
            <button
              type="button"
              className="start-option"
              aria-pressed={answers.stopHour === band}
              onClick={() => onAnswer({ ...answers, stopHour: band })}
            >
              about {band.toLocaleString('en-GB')}
            </button>
          </li>
        ))}
      </ul>
      <NumberInput
        label={`Or a figure, ${currency} an hour`}
        description="Your estimate; finance may replace it later."
        min={0}
        hideControls
        value={answers.stopHour ?? ''}
        onChange={(value) => onAnswer({ ...answers, stopHour: value === '' ? null : Number(value) })}
      />
    </>
  );
}

function WhatShows({ answers, machine, view, onAnswer }: Asked) {
  const byHand = answers.signalId === HAND;
  const devices = machine.signals.filter((signal) => !signal.hand);
  return (
    <div className="start-fields">
      {devices.length > 0 ? (
        <NativeSelect
          label="Signal"
          value={answers.signalId}
          data={[
            ...devices.map((signal) => ({ value: signal.signalId, label: signal.name })),
            { value: HAND, label: 'a reading by hand' },
          ]}
          onChange={(event) => onAnswer({ ...answers, signalId: event.currentTarget.value })}
        />
      ) : null}
      {byHand ? (
        <>
          <TextInput
            label="Read by hand"
            description="What somebody reads or judges at the machine"
            value={answers.handName}
            maxLength={200}
            onChange={(event) => onAnswer({ ...answers, handName: event.currentTarget.value })}
          />
          <NativeSelect
            label="As"
            description="A number, or one of three words"
            value={answers.handUnit}
            data={[...new Set([answers.handUnit, '°C', 'mm/s', 'bar', 'A', 'mm', view.wordsUnit])]}
            onChange={(event) => {
              const handUnit = event.currentTarget.value;
              const limit = handUnit === view.wordsUnit ? 1 : null;
              onAnswer({ ...answers, handUnit, limit });
            }}
          />
          <NumberInput
            label="Every how many days"
            description="Half the time the fault can be seen, at most"
            min={1}
            max={366}
            value={answers.everyDays}
            onChange={(value) => onAnswer({ ...answers, everyDays: Number(value) })}
          />
        </>
      ) : null}
    </div>
  );
}

function Limit({ answers, machine, view, onAnswer }: Asked) {
  const signal = machine.signals.find((one) => one.signalId === answers.signalId);
  const unit = answers.signalId === HAND ? answers.handUnit : (signal?.unit ?? '');
  return (
    <div className="start-fields">
      {unit === view.wordsUnit ? (
        <NativeSelect
          label="Tell somebody from"
          value={String(answers.limit ?? 1)}
          data={[
            { value: '1', label: 'worn' },
            { value: '2', label: 'bad' },
          ]}
          onChange={(event) =>
            onAnswer({ ...answers, direction: 'high', limit: Number(event.currentTarget.value) })
          }
        />
      ) : (
        <>
          <NativeSelect
            label="Bad is"
            value={answers.direction}
            data={[
              { value: 'high', label: 'at or above' },
              { value: 'low', label: 'at or below' },
            ]}
            onChange={(event) =>
              onAnswer({ ...answers, direction: event.currentTarget.value as Answers['direction'] })
            }
          />
          <NumberInput
            label={`Limit, ${unit}`}
            hideControls
            value={answers.limit ?? ''}
            onChange={(value) => onAnswer({ ...answers, limit: value === '' ? null : Number(value) })}
          />
        </>
      )}
      <TextInput
        label="Where it comes from"
        description="Maker, standard, last failure, experience"
        value={answers.source}
        maxLength={200}
        onChange={(event) => onAnswer({ ...answers, source: event.currentTarget.value })}
      />
      <NativeSelect
        label="How well it is known"
        value={answers.grade}
        data={['measured', 'estimated', 'assumed']}
        onChange={(event) => onAnswer({ ...answers, grade: event.currentTarget.value as Answers['grade'] })}
      />
    </div>
  );
}

function Delay({ answers, onAnswer }: Asked) {
  if (answers.signalId === HAND) {
    return (
      <p className="quiet">
        One reading is enough to tell. A good reading one round later clears it: {answers.everyDays} days.
      </p>
    );
  }
  return (
    <NumberInput
      className="start-short"
      label="Minutes beyond the limit"
      description="Shorter peaks pass without a word"
      min={1}
      max={10_080}
      value={answers.delayMin}
      onChange={(value) => onAnswer({ ...answers, delayMin: Number(value) })}
    />
  );
}

function FirstAction({ answers, onAnswer }: Asked) {
  return (
    <TextInput
      label="Verb and object"
      description="Doable without opening the machine: listen at the drive-end bearing"
      value={answers.firstAction}
      maxLength={200}
      onChange={(event) => onAnswer({ ...answers, firstAction: event.currentTarget.value })}
    />
  );
}

function WhoGoes({ answers, view, onAnswer }: Asked) {
  const people = useQuery({ ...readPeople, staleTime: 60_000 });
  const here = (people.data?.people ?? []).filter((person) => !person.left);
  return (
    <div className="start-fields">
      {view.crews.length > 0 ? (
        <NativeSelect
          label="Crew"
          value={answers.crewId}
          data={[
            ...view.crews.map((crew) => ({ value: crew.crewId, label: crew.name })),
            { value: '', label: 'another crew' },
          ]}
          onChange={(event) => onAnswer({ ...answers, crewId: event.currentTarget.value })}
        />
      ) : null}
      {answers.crewId === '' ? (
        <>
          <TextInput
            label="Name of the crew"
            value={answers.crewName}
            maxLength={200}
            onChange={(event) => onAnswer({ ...answers, crewName: event.currentTarget.value })}
          />
          <fieldset className="start-people">
            <legend>Who belongs to it</legend>
            {here.map((person) => (
              <Checkbox
                key={person.personId}
                label={person.name || person.personId}
                checked={answers.technicians.includes(person.personId)}
                onChange={(event) => {
                  const others = answers.technicians.filter((one) => one !== person.personId);
                  const technicians = event.currentTarget.checked ? [...others, person.personId] : others;
                  onAnswer({ ...answers, technicians });
                }}
              />
            ))}
          </fieldset>
        </>
      ) : null}
    </div>
  );
}

function Within({ answers, onAnswer }: Asked) {
  return (
    <NumberInput
      className="start-short"
      label="Days"
      description="From it and the P-F interval follows how urgent it is"
      min={1}
      max={365}
      value={answers.withinDays}
      onChange={(value) => onAnswer({ ...answers, withinDays: Number(value) })}
    />
  );
}

function WhoAnswers({ answers, onAnswer }: Asked) {
  const people = useQuery({ ...readPeople, staleTime: 60_000 });
  const here = (people.data?.people ?? []).filter((person) => !person.left);
  return (
    <NativeSelect
      className="start-short"
      label="One person"
      value={answers.owner}
      data={here.map((person) => ({ value: person.personId, label: person.name || person.personId }))}
      onChange={(event) => onAnswer({ ...answers, owner: event.currentTarget.value })}
    />
  );
}
