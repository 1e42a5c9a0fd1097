import { Button } from '@mantine/core';
import type { AlertRow } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { useNames, useRights } from '../../frame/people.ts';
import { Failure } from '../../parts/states.tsx';
import { TEXTS } from './texts.ts';

/** Who has seen it; whoever may say so and has not, can. An alert that is over asks nobody. */
export function Seen({ row }: { row: AlertRow }) {
  const { me, mayRun } = useRights();
  const name = useNames();
  const { run, busy, refusal } = useCommand();
  const mine = me !== null && row.acknowledgedBy.includes(me.personId);
  const asks = mayRun('alert.acknowledge') && !mine && row.clearedAtMs === null;
  return (
    <span className="alert-answer">
      {row.acknowledgedBy.length > 0 ? (
        <span className="small mute">{TEXTS.seenBy(row.acknowledgedBy.map(name).join(', '))}</span>
      ) : asks ? null : (
        <span className="small mute">{TEXTS.notSeen}</span>
      )}
      {asks ? (
        <Button
          variant="default"
          size="xs"
          disabled={busy}
          aria-busy={busy}
          onClick={() => void run(`/api/v1/alert/${encodeURIComponent(row.alertId)}/acknowledge`)}
        >
          {TEXTS.acknowledge}
          <span className="unseen">: {row.monitorName}</span>
        </Button>
      ) : null}
      {refusal ? <Failure {...refusal} /> : null}
    </span>
  );
}

/** The one question of a trial: would somebody have gone? */
export function TrialAnswer({ row }: { row: AlertRow }) {
  const { mayRun } = useRights();
  const { run, busy, refusal } = useCommand();
  if (row.wouldGo !== null) return <b>{row.wouldGo ? TEXTS.wouldGo : TEXTS.wouldStay}</b>;
  if (!mayRun('alert.answer-trial')) return <span className="small mute">{TEXTS.notAnswered}</span>;
  const answer = (wouldGo: boolean) =>
    void run(`/api/v1/alert/${encodeURIComponent(row.alertId)}/answer-trial`, { wouldGo });
  return (
    <span className="alert-answer">
      <span className="line-up">
        <Button variant="default" size="xs" disabled={busy} onClick={() => answer(true)}>
          {TEXTS.go}
        </Button>
        <Button variant="default" size="xs" disabled={busy} onClick={() => answer(false)}>
          {TEXTS.stay}
        </Button>
      </span>
      {refusal ? <Failure {...refusal} /> : null}
    </span>
  );
}
