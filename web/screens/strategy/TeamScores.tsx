import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AssetSheetView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { readPeople } from '../../frame/session.ts';
import { Failure } from '../../parts/states.tsx';
import { classOf } from './class.ts';
import { TEXTS } from './sheet-texts.ts';

type Kind = keyof typeof TEXTS.kinds;
const KINDS = Object.keys(TEXTS.kinds) as Kind[];
const SCORES = ['1', '2', '3', '4', '5'];

/** Five consequences, how often, and who scored; the class follows and is never chosen. */
export function TeamScores({ view, onDone }: { view: AssetSheetView; onDone: () => void }) {
  const known = view.criticality;
  const people = useQuery({ ...readPeople, staleTime: 60_000 });
  const { run, busy, refusal } = useCommand();
  const [scores, setScores] = useState<Record<Kind, number>>(
    known?.consequence ?? { safety: 1, environment: 1, foodSafety: 1, production: 3, cost: 2 },
  );
  const [likelihood, setLikelihood] = useState(known?.likelihood ?? 3);
  const [redundancy, setRedundancy] = useState<1 | 0.5 | 0.2>(known?.redundancy ?? 1);
  const [left, setLeft] = useState<number | null>(known?.mitigated?.likelihood ?? null);
  const [team, setTeam] = useState<readonly string[]>(known?.assessedBy ?? []);
  const letter = classOf(scores, likelihood, redundancy);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const body = {
      class: letter,
      consequence: scores,
      likelihood,
      redundancy,
      mitigated: left === null ? null : { consequence: scores, likelihood: left },
      assessedBy: team,
    };
    if (await run(`/api/v1/strategy/asset/${encodeURIComponent(view.assetId)}/criticality`, body)) onDone();
  };
  const likelihoods = TEXTS.likelihoods.map((label, at) => ({ value: String(at + 1), label }));
  return (
    <form className="sheet-question" onSubmit={(event) => void send(event)}>
      <div className="sheet-fields">
        {KINDS.map((kind) => (
          <NativeSelect
            key={kind}
            label={TEXTS.kinds[kind]}
            value={String(scores[kind])}
            data={SCORES}
            onChange={(event) => setScores({ ...scores, [kind]: Number(event.currentTarget.value) })}
          />
        ))}
        <NativeSelect
          label={TEXTS.likelihood}
          value={String(likelihood)}
          data={likelihoods}
          onChange={(event) => setLikelihood(Number(event.currentTarget.value))}
        />
        <NativeSelect
          label={TEXTS.standBy}
          value={String(redundancy)}
          data={([1, 0.5, 0.2] as const).map((one) => ({ value: String(one), label: TEXTS.standBys[one] }))}
          onChange={(event) => setRedundancy(Number(event.currentTarget.value) as 1 | 0.5 | 0.2)}
        />
        <NativeSelect
          label={TEXTS.mitigated}
          value={left === null ? '' : String(left)}
          data={[{ value: '', label: TEXTS.sameLikelihood }, ...likelihoods.slice(0, likelihood)]}
          onChange={(event) =>
            setLeft(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))
          }
        />
      </div>
      <fieldset className="sheet-team">
        <legend>{TEXTS.scoredBy}</legend>
        {(people.data?.people ?? [])
          .filter((person) => !person.left)
          .map((person) => (
            <Checkbox
              key={person.personId}
              label={person.name || person.personId}
              checked={team.includes(person.personId)}
              onChange={(event) => {
                const others = team.filter((one) => one !== person.personId);
                setTeam(event.currentTarget.checked ? [...others, person.personId] : others);
              }}
            />
          ))}
      </fieldset>
      <p role="status">
        <b>{TEXTS.gives(letter)}</b>
      </p>
      {refusal ? <Failure {...refusal} /> : null}
      <p className="line-up">
        <Button type="submit" variant="filled" data-main-action="" disabled={busy || team.length === 0}>
          {busy ? 'Working' : TEXTS.keepScores}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {TEXTS.close}
        </Button>
      </p>
    </form>
  );
}
