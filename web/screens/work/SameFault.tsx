import { Radio } from '@mantine/core';
import { useState } from 'react';
import type { CandidateView, CaseView, DecisionView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { shortId } from '../../format/id.ts';
import { usePlantNow, useWriter } from '../../format/plant.tsx';
import { useNames, useRights } from '../../frame/people.ts';
import { DecisionPanel } from '../../parts/DecisionPanel.tsx';
import { Failure } from '../../parts/states.tsx';
import { withDays } from './days.ts';
import { ReasonForm } from './DecisionForms.tsx';
import { TEXTS } from './texts.ts';
import './matching.css';

/** Before one more notification is created: the open ones next to it, and two answers. */
export function SameFault({ view, decision }: { view: CaseView; decision: DecisionView }) {
  const { candidates } = view.matching;
  const command = useCommand();
  const { mayRun } = useRights();
  const { money, moment } = useWriter();
  const nowMs = usePlantNow(30_000);
  const [chosen, setChosen] = useState<string | null>(null);
  const [asksWhy, setAsksWhy] = useState(false);
  const asked = decision.actions.length > 0 && mayRun('work.append-to-notification');
  // with several nothing is chosen beforehand: the one button must not say more than the person did
  const only = candidates.length === 1 ? candidates[0] : undefined;
  const picked = candidates.find((one) => one.notificationId === chosen) ?? only;
  const notificationId = picked?.notificationId ?? null;
  const path = `/api/v1/work/case/${encodeURIComponent(view.caseId)}`;
  const append = () => void command.run(`${path}/append`, { notificationId });
  const create = async (reason: string) => {
    if (await command.run(`${path}/notification`, { reason })) setAsksWhy(false);
  };
  const other = { words: TEXTS.notSame, onChoose: () => setAsksWhy(true) };
  const same = {
    words: picked ? TEXTS.sameAs(picked.name) : TEXTS.same,
    busy: command.busy,
    onChoose: append,
    ...(picked ? {} : { blocked: TEXTS.chooseOne }),
  };
  const acts = candidates.length === 0 ? { act: other } : { act: same, others: [other] as const };
  const costs =
    decision.ifItFailsMinor === null
      ? []
      : [{ words: 'If it fails', amount: money(decision.ifItFailsMinor) }];
  return (
    <DecisionPanel
      question={decision.question}
      by={decision.byMs === null ? undefined : `by ${moment(decision.byMs, nowMs)}`}
      answer={decision.explanation}
      facts={decision.facts.map(({ label, value }) => ({ word: label, value: withDays(value) }))}
      costs={costs}
      {...(asked ? acts : {})}
      below={
        <>
          {asksWhy ? (
            <ReasonForm
              words={TEXTS.createOwn}
              label={TEXTS.whyNotSame}
              busy={command.busy}
              onSend={(reason) => void create(reason)}
              onCancel={() => setAsksWhy(false)}
            />
          ) : null}
          {command.refusal ? <Failure {...command.refusal} /> : null}
          {asked ? null : <p className="small mute">{TEXTS.notYou}</p>}
        </>
      }
      silence={decision.without}
    >
      <ul className="matching-list">
        {candidates.map((one) => (
          <li key={one.notificationId}>
            {asked && candidates.length > 1 ? (
              <Radio
                name="same-fault"
                aria-label={TEXTS.sameAs(one.name)}
                checked={one.notificationId === notificationId}
                onChange={() => setChosen(one.notificationId)}
              />
            ) : null}
            <Candidate one={one} />
          </li>
        ))}
        {candidates.length === 0 ? <li className="mute">{TEXTS.allClosed}</li> : null}
      </ul>
    </DecisionPanel>
  );
}

/** One open notification: its number, its words, where and by whom. */
export function Candidate({ one }: { one: CandidateView }) {
  const nameOf = useNames();
  const { dateTime } = useWriter();
  const who = one.reportedBy === null ? TEXTS.byMonitor : nameOf(one.reportedBy);
  const where = one.nearness === 'same object' ? TEXTS.sameObject : `${one.nearness} ${shortId(one.assetId)}`;
  return (
    <span className="matching-one">
      <span>
        <b>{one.name}</b>{' '}
        {one.caseId ? (
          <a className="link" href={`/work/case/${one.caseId}`}>
            {shortId(one.caseId)}
          </a>
        ) : null}
      </span>
      <span className="matching-words">{one.words}</span>
      <span className="small mute">{`${where}, ${who}, ${dateTime(one.reportedAtMs)}`}</span>
    </span>
  );
}
