import { useState } from 'react';
import type { CaseAction, CaseView, CommandType, DecisionView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { usePlantNow, useWriter } from '../../format/plant.tsx';
import { useRights } from '../../frame/people.ts';
import { type Choice, DecisionPanel } from '../../parts/DecisionPanel.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { DateLine } from './DateLine.tsx';
import { DayForm, RejectForm } from './DecisionForms.tsx';
import { dayOfPlan, withDays } from './days.ts';
import { SameFault } from './SameFault.tsx';
import { TEXTS } from './texts.ts';

const COMMAND_OF: Record<CaseAction, CommandType> = {
  'append-to-notification': 'work.append-to-notification',
  'create-notification': 'work.create-notification',
  'accept-draft': 'work.accept-draft',
  'change-day': 'plan.reschedule-order',
  'reject-draft': 'work.reject-draft',
  'release-order': 'work.release-order',
  'start-order': 'work.start-order',
  'give-check-finding': 'work.give-finding',
  'give-as-found': 'work.give-finding',
  'finish-order': 'work.finish-order',
};
/** Answered on the order's own page, where there is room for gloves. */
const ON_ORDER_PAGE: readonly CaseAction[] = [
  'start-order',
  'give-check-finding',
  'give-as-found',
  'finish-order',
];

/** The one question of the case, what it costs either way, and the buttons of those who may answer. */
export function CaseDecision({ view }: { view: CaseView }) {
  const { decision, matching } = view;
  if (decision && matching.answerByMs !== null) return <SameFault view={view} decision={decision} />;
  return <WorkDecision view={view} decision={decision} />;
}

function WorkDecision({ view, decision }: { view: CaseView; decision: DecisionView | null }) {
  const command = useCommand();
  const { mayRun } = useRights();
  const { money, moment } = useWriter();
  const nowMs = usePlantNow(30_000);
  const [form, setForm] = useState<'day' | 'reject' | null>(null);
  if (!decision) {
    const words =
      view.closedAtMs === null
        ? `${TEXTS.nobodyAsked} The case waits for its signal.`
        : view.matching.mergedInto === null
          ? 'The case is closed.'
          : TEXTS.goesOn;
    return (
      <Panel title={TEXTS.nobodyAsked}>
        <p className="quiet">{words}</p>
      </Panel>
    );
  }
  const draft = view.draftId;
  const send = async (path: string, body?: unknown) => {
    if (await command.run(`/api/v1${path}`, body)) setForm(null);
  };
  const choiceOf = (action: CaseAction, label: string): Choice => {
    const busy = command.busy;
    if (action === 'accept-draft')
      return { words: label, busy, onChoose: () => void send(`/work/draft/${draft}/accept`, {}) };
    if (action === 'release-order')
      return { words: label, busy, onChoose: () => void send(`/work/order/${view.orderId}/release`) };
    if (ON_ORDER_PAGE.includes(action)) return { words: label, href: `/work/order/${view.orderId}` };
    return { words: label, onChoose: () => setForm(action === 'change-day' ? 'day' : 'reject') };
  };
  const choices = decision.actions
    .filter(({ action }) =>
      mayRun(draft && action === 'change-day' ? 'work.accept-draft' : COMMAND_OF[action]),
    )
    .slice(0, 3)
    .map(({ action, label }) => choiceOf(action, label));
  const [first, second, third] = choices;
  const costs = [
    ...(decision.ifItFailsMinor === null
      ? []
      : [{ words: 'If it fails', amount: money(decision.ifItFailsMinor) }]),
    ...(decision.plannedMinor === null
      ? []
      : [{ words: 'Planned: labour, parts, stop', amount: money(decision.plannedMinor) }]),
  ];
  const close = () => {
    setForm(null);
    command.clear();
  };
  return (
    <DecisionPanel
      question={decision.question}
      by={decision.byMs === null ? undefined : `by ${moment(decision.byMs, nowMs)}`}
      answer={withDays(decision.explanation)}
      facts={decision.facts.map(({ label, value }) => ({ word: label, value: withDays(value) }))}
      costs={costs}
      {...(first ? { act: first } : {})}
      {...(second ? { others: third ? ([second, third] as const) : ([second] as const) } : {})}
      below={
        <>
          {form === 'day' ? (
            <DayForm
              nowMs={nowMs}
              latestFinishMs={view.finishBy.latestFinishMs}
              reasonless={draft !== null}
              busy={command.busy}
              onCancel={close}
              onSend={(dayMs, reason) =>
                void (draft
                  ? send(`/work/draft/${draft}/accept`, { dayMs })
                  : send(`/plan/order/${view.orderId}/reschedule`, { dayMs, reason }))
              }
            />
          ) : null}
          {form === 'reject' ? (
            <RejectForm
              busy={command.busy}
              onCancel={close}
              onSend={(finding, reason) => void send(`/work/draft/${draft}/reject`, { finding, reason })}
            />
          ) : null}
          {command.refusal ? <Failure {...command.refusal} /> : null}
          {first ? null : <p className="small mute">{TEXTS.notYou}</p>}
        </>
      }
      silence={silenceOf(view, decision.without)}
    >
      <DateLine
        nowMs={nowMs}
        dayMs={view.proposedDayMs ?? orderDay(decision)}
        orderByMs={view.finishBy.orderByMs}
        finishMs={view.finishBy.latestFinishMs}
      />
    </DecisionPanel>
  );
}

function silenceOf(view: CaseView, without: string): string {
  const { tooLate, precision, latestFinishMs } = view.finishBy;
  if (tooLate) return `${without} The parts cannot come in time: the owner was told.`;
  const grade = precision === 'week' ? 'estimated to the week' : 'from data of this site';
  return `${without} Finish by ${dayOfPlan(latestFinishMs)}, ${grade}.`;
}

/** Day of an order; its decision states it as a fact. */
function orderDay(decision: DecisionView): number | null {
  const day = Date.parse(decision.facts.find((fact) => fact.label === 'Day')?.value ?? '');
  return Number.isNaN(day) ? null : day;
}
