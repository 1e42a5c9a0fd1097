import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { LibraryEntry, StartMachine } from '../../../src/api/contract.ts';
import { DAY_MS } from '../../format/time.ts';
import { type Answers, withLibrary } from './answers.ts';
import { readLibrary } from './MachinesStep.tsx';

/** What usually fails on such a machine, as a choice; or in somebody's own words. */
export function WhatFails(props: {
  answers: Answers;
  machine: StartMachine;
  onAnswer: (answers: Answers) => void;
}) {
  const { answers, machine, onAnswer } = props;
  const library = useQuery({ ...readLibrary, staleTime: Number.POSITIVE_INFINITY });
  const known = (library.data ?? []).filter((entry) => machine.equipmentClass.includes(entry.equipmentClass));
  return (
    <>
      {known.length > 0 ? (
        <ul className="start-options">
          {known.map((entry) => (
            <li key={`${entry.group}${entry.name}`}>
              <Option
                entry={entry}
                chosen={answers.library?.name === entry.name && answers.whatFails === entry.name}
                onChoose={() => onAnswer(withLibrary(answers, entry))}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <TextInput
        label={known.length > 0 ? 'Or in your words' : 'In your words'}
        description="For example: bearing wears out"
        value={answers.whatFails}
        maxLength={200}
        onChange={(event) => onAnswer({ ...answers, whatFails: event.currentTarget.value, library: null })}
      />
    </>
  );
}

function Option(props: { entry: LibraryEntry; chosen: boolean; onChoose: () => void }) {
  const { entry } = props;
  const [low, high] = entry.pfMs.map((ms) => Math.round((ms / DAY_MS) * 10) / 10);
  return (
    <button type="button" className="start-option" aria-pressed={props.chosen} onClick={props.onChoose}>
      <b>{entry.name}</b>
      <span className="small quiet">{`${entry.position}. Usually seen ${low} to ${high} days ahead: a guess to begin with.`}</span>
    </button>
  );
}
