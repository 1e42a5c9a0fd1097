import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CaseAction, Evidence, OrderView } from '../../../src/api/contract.ts';
import { useData } from '../../data/provider.tsx';
import { type ProblemWords, wordsOf } from '../../data/refusal.ts';
import { usePlantNow } from '../../format/plant.tsx';
import { DAY_MS } from '../../format/time.ts';
import { shortId } from '../../format/id.ts';
import { PageHead } from '../../frame/PageHead.tsx';
import { FindingMark, FindingShape } from '../../parts/FindingMark.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { Failure } from '../../parts/states.tsx';
import { dayOfPlan, dayStart } from './days.ts';
import { type Answer, answersFor, EVIDENCE_WORDS, MARK_OF } from './findings.ts';
import type { OrderPage } from './order-page.ts';
import { findingPath } from './standing-order.ts';
import { TEXTS } from './texts.ts';

const AGAIN_DAYS = [2, 7, 28] as const;

/** Three taps: what, how sure, keep. The answer waits on the device until the plant has it. */
export function FindingFlow(props: {
  view: OrderView;
  actions: readonly CaseAction[];
  /** What comes next: finishing, or the order again when a repair follows. */
  onDone: (next: OrderPage) => void;
  onBack: () => void;
}) {
  const { view, actions } = props;
  const { waiting } = useData();
  const mayCheck = actions.includes('give-check-finding');
  const repairPlanned = view.parts.length > 0 || view.needsStop;
  const [moment, setMoment] = useState<'check' | 'as found'>(
    mayCheck && !repairPlanned ? 'check' : 'as found',
  );
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [evidence, setEvidence] = useState<Evidence | null>(null);
  const [againMs, setAgain] = useState<number | null>(null);
  const [failure, setFailure] = useState<ProblemWords | null>(null);
  const keep = async (next: OrderPage) => {
    if (!answer || !evidence) return;
    try {
      await waiting.add({
        method: 'POST',
        path: findingPath(view.caseId),
        body: { moment, finding: answer.finding, evidence, lookAgainMs: againMs, hours: 0, note: null },
        title: `Finding on ${shortId(view.orderId)}`,
        detail: `${answer.words}, ${moment}`,
      });
      props.onDone(next);
    } catch (thrown) {
      setFailure(wordsOf(thrown));
    }
  };
  if (!answer) {
    return (
      <>
        <FlowHead question={TEXTS.whatFound} onBack={props.onBack} />
        {mayCheck ? (
          <Segments
            name="When"
            options={[
              { id: 'check', words: TEXTS.afterCheck },
              { id: 'as found', words: TEXTS.afterOpening },
            ]}
            chosen={moment}
            onChoose={setMoment}
          />
        ) : null}
        <p className="small quiet flow-step">{`${view.assetName}. Tap 1 of 3`}</p>
        <div className="flow-answers">
          {answersFor(moment).map((one) => (
            <button type="button" className="flow-answer" key={one.finding} onClick={() => setAnswer(one)}>
              <FindingShape finding={MARK_OF[one.finding]} size={22} />
              <span>
                <b>{one.words}</b>
                <span className="small quiet">{one.detail}</span>
              </span>
              <Icon name="forward" />
            </button>
          ))}
        </div>
      </>
    );
  }
  const tooEarly = answer.finding === 'too early';
  const ready = evidence !== null && (!tooEarly || againMs !== null);
  const repairFollows =
    moment === 'check' && (answer.finding === 'as stated' || answer.finding === 'other fault');
  return (
    <>
      <FlowHead question={TEXTS.howSure} onBack={() => setAnswer(null)} />
      <p className="flow-step line-up">
        <FindingMark finding={MARK_OF[answer.finding]} words={answer.words} />{' '}
        <span className="mute">Tap 2 of 3</span>
      </p>
      <div className="flow-answers">
        {EVIDENCE_WORDS.map((one) => (
          <button
            type="button"
            className="flow-answer"
            key={one.evidence}
            aria-pressed={one.evidence === evidence}
            onClick={() => setEvidence(one.evidence)}
          >
            <span>
              <b>{one.words}</b>
              {one.detail ? <span className="small quiet">{one.detail}</span> : null}
            </span>
          </button>
        ))}
      </div>
      {tooEarly ? <LookAgain chosen={againMs} onChoose={setAgain} /> : null}
      <div className="order-acts thumb-action">
        {failure ? <Failure {...failure} /> : null}
        <Button
          variant="filled"
          data-main-action=""
          disabled={!ready}
          onClick={() => void keep(repairFollows ? 'facts' : 'finish')}
        >
          {repairFollows ? 'Keep it, repair follows' : 'Keep it, then finish'}
        </Button>
        <p className="small quiet">Tap 3 of 3. {TEXTS.keptHere}</p>
      </div>
    </>
  );
}

function LookAgain(props: { chosen: number | null; onChoose: (atMs: number) => void }) {
  const today = dayStart(usePlantNow(60_000));
  return (
    <fieldset className="flow-again">
      <legend className="small quiet">{TEXTS.whenAgain}</legend>
      {AGAIN_DAYS.map((days) => {
        const atMs = today + days * DAY_MS;
        return (
          <button
            type="button"
            className="flow-answer"
            key={days}
            aria-pressed={props.chosen === atMs}
            onClick={() => props.onChoose(atMs)}
          >
            {dayOfPlan(atMs)}
          </button>
        );
      })}
    </fieldset>
  );
}

export function FlowHead(props: { question: string; onBack: () => void }) {
  return (
    <div className="flow-head">
      <button type="button" className="flow-back" onClick={props.onBack} aria-label="Back">
        <Icon name="back" size={20} />
      </button>
      <PageHead question={props.question} findless />
    </div>
  );
}
