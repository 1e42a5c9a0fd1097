import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { CaseView } from '../../../src/api/contract.ts';
import { type CommandHandle, useCommand } from '../../data/command.ts';
import { shortId } from '../../format/id.ts';
import { useWriter } from '../../format/plant.tsx';
import { useRights } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { ReasonForm } from './DecisionForms.tsx';
import { Candidate } from './SameFault.tsx';
import { TEXTS } from './texts.ts';
import './matching.css';

type Form = 'merge' | 'split' | null;

/** One fault, one case: what may be the same, what it came from, and the way to put right what was sorted wrongly. */
export function MatchingPanel({ view }: { view: CaseView }) {
  const { matching, caseId } = view;
  const command = useCommand();
  const { mayRun } = useRights();
  const [form, setForm] = useState<Form>(null);
  const merges = mayRun('work.merge-cases') && matching.mergeable.length > 0;
  const splits = mayRun('work.split-case') && matching.splittable.length > 0;
  const twins = matching.answerByMs === null ? matching.candidates : [];
  const from = [
    [TEXTS.mergedInto, matching.mergedInto],
    [TEXTS.splitOf, matching.splitOf],
  ] as const;
  if (!merges && !splits && twins.length === 0 && from.every(([, other]) => other === null)) return null;
  const path = `/api/v1/work/case/${encodeURIComponent(caseId)}`;
  const send = async (act: string, body: unknown) => {
    if (await command.run(`${path}/${act}`, body)) setForm(null);
  };
  const close = () => {
    setForm(null);
    command.clear();
  };
  return (
    <Panel title={TEXTS.oneCase} aside={twins.length > 0 ? TEXTS.possible(twins.length) : undefined}>
      <div className="matching-panel">
        {from.map(([words, other]) => (other ? <From key={words} words={words} caseId={other} /> : null))}
        {twins.length > 0 ? (
          <ul className="matching-list">
            {twins.map((one) => (
              <li key={one.notificationId}>
                <Candidate one={one} />
                {mayRun('work.append-to-notification') ? (
                  <Button
                    variant="default"
                    size="sm"
                    disabled={command.busy}
                    onClick={() => void send('append', { notificationId: one.notificationId })}
                    aria-label={TEXTS.sameAs(one.name)}
                  >
                    {TEXTS.same}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        ) : null}
        {form === 'merge' ? <MergeForm view={view} command={command} onSend={send} onCancel={close} /> : null}
        {form === 'split' ? <SplitForm view={view} command={command} onSend={send} onCancel={close} /> : null}
        {form === null && (merges || splits) ? (
          <span className="line-up">
            {merges ? (
              <Button variant="default" size="sm" onClick={() => setForm('merge')}>
                {TEXTS.merge}
              </Button>
            ) : null}
            {splits ? (
              <Button variant="default" size="sm" onClick={() => setForm('split')}>
                {TEXTS.split}
              </Button>
            ) : null}
          </span>
        ) : null}
        {command.refusal ? <Failure {...command.refusal} /> : null}
      </div>
    </Panel>
  );
}

function From({ words, caseId }: { words: string; caseId: string }) {
  return (
    <p className="quiet">
      {words}{' '}
      <a className="link" href={`/work/case/${caseId}`}>
        {shortId(caseId)}
      </a>
    </p>
  );
}

interface FormProps {
  view: CaseView;
  command: CommandHandle;
  onSend: (act: string, body: unknown) => Promise<void>;
  onCancel: () => void;
}

function MergeForm({ view, command, onSend, onCancel }: FormProps) {
  const { mergeable } = view.matching;
  const [intoCaseId, setInto] = useState(mergeable[0]?.caseId ?? '');
  return (
    <ReasonForm
      words={TEXTS.mergeNow}
      label={TEXTS.whySame}
      busy={command.busy}
      onSend={(reason) => void onSend('merge', { intoCaseId, reason })}
      onCancel={onCancel}
    >
      <NativeSelect
        label={TEXTS.mergeInto}
        description={TEXTS.mergeHelp}
        value={intoCaseId}
        onChange={(event) => setInto(event.currentTarget.value)}
        data={mergeable.map((one) => ({
          value: one.caseId,
          label: `${shortId(one.caseId)} ${one.title}`,
        }))}
      />
    </ReasonForm>
  );
}

function SplitForm({ view, command, onSend, onCancel }: FormProps) {
  const { dateTime } = useWriter();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { splittable } = view.matching;
  const turn = (alertId: string) =>
    setChosen(chosen.includes(alertId) ? chosen.filter((one) => one !== alertId) : [...chosen, alertId]);
  return (
    <ReasonForm
      words={TEXTS.splitNow}
      label={TEXTS.whyNotSame}
      busy={command.busy}
      blocked={chosen.length === 0}
      onSend={(reason) => void onSend('split', { alertIds: chosen, reason })}
      onCancel={onCancel}
    >
      <fieldset className="matching-alerts">
        <legend>{TEXTS.whichLeave}</legend>
        {view.alerts
          .filter(({ alertId }) => splittable.includes(alertId))
          .map(({ alertId, raisedAtMs }) => (
            <Checkbox
              key={alertId}
              label={`${shortId(alertId)}, ${dateTime(raisedAtMs)}`}
              checked={chosen.includes(alertId)}
              onChange={() => turn(alertId)}
            />
          ))}
      </fieldset>
    </ReasonForm>
  );
}
