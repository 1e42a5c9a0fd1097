import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { MonitorView, Why } from '../../../src/api/contract.ts';
import { type ProblemWords, wordsOf } from '../../data/refusal.ts';
import { request } from '../../data/request.ts';
import { usePlant, usePlantNow, useWriter } from '../../format/plant.tsx';
import { FindingShape } from '../../parts/FindingMark.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { atLocal } from '../design/local-time.ts';
import { TEXTS } from './texts.ts';

/** ISO times in the words of a step become the plant's own. */
const ISO = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/;

/** At any moment: which step of the chain held the monitor back, or let it fire. */
export function WhyPanel({ view }: { view: MonitorView }) {
  const { zone } = usePlant();
  const nowMs = usePlantNow(60_000);
  const { dateTime } = useWriter();
  const [when, setWhen] = useState('');
  const [why, setWhy] = useState<Why | null>(null);
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async (atMs: number) => {
    setBusy(true);
    setProblem(null);
    try {
      const path = `/api/v1/monitor/${encodeURIComponent(view.monitorId)}/why?at=${Math.floor(atMs)}`;
      setWhy(await request<Why>('GET', path));
    } catch (thrown) {
      setProblem(wordsOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    void ask(atLocal(when, zone));
  };
  const inWords = (text: string) =>
    text
      .split(new RegExp(`(${ISO.source})`))
      .map((part) => (ISO.test(part) ? dateTime(Date.parse(part)) : part))
      .join('');
  return (
    <Panel title={TEXTS.whyTitle} aside={why ? dateTime(why.atMs) : null}>
      <form className="monitor-why" onSubmit={send}>
        <TextInput
          label={TEXTS.whyWhen}
          description={TEXTS.whyHelp}
          type="datetime-local"
          value={when}
          required
          withAsterisk={false}
          onChange={(event) => setWhen(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={busy} aria-busy={busy}>
          {TEXTS.whyAsk}
        </Button>
        <Button variant="subtle" disabled={busy} onClick={() => void ask(nowMs)}>
          {TEXTS.whyNow}
        </Button>
      </form>
      {problem ? <Failure {...problem} /> : null}
      {why ? (
        <div aria-live="polite">
          <p className="monitor-note">
            <b>
              {why.active ? TEXTS.whyActive : TEXTS.whyStopped(TEXTS.whyStep[why.stopsAt ?? 'condition'])}
            </b>
          </p>
          <ol className="gate">
            {why.steps.map((one) => (
              <li key={one.step} className={one.passed ? undefined : 'gate-missing'}>
                {one.passed ? (
                  <Icon name="tick" size={18} />
                ) : (
                  <FindingShape finding="not-checked" size={16} />
                )}
                <span>
                  <b>{TEXTS.whyStep[one.step]}</b> {inWords(one.words)}
                </span>
              </li>
            ))}
          </ol>
        </div>
      ) : null}
    </Panel>
  );
}
