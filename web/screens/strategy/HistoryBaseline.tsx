import { Button } from '@mantine/core';
import { useState } from 'react';
import type { HistoryBaseline as Found, ObjectiveView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { number } from '../../format/number.ts';
import { Failure } from '../../parts/states.tsx';
import { TEXTS } from './objective-texts.ts';

/** What the imported orders say over the period that stands in the form, and freezing it. */
export function HistoryBaseline(props: {
  objective: ObjectiveView;
  fromMs: number;
  toMs: number;
  reason: string | null;
}) {
  const { objective, fromMs, toMs, reason } = props;
  const { run, busy, refusal } = useCommand();
  const [found, setFound] = useState<Found | null>(null);
  const path = `/api/v1/strategy/objective/${encodeURIComponent(objective.objectiveId)}`;
  const ask = async () => setFound(await run<Found>(`${path}/history-baseline`, { fromMs, toMs }));
  const freeze = async () => {
    if (await run(`${path}/baseline-from-history`, { fromMs, toMs, reason })) setFound(null);
  };
  const fresh = found?.fromMs === fromMs && found.toMs === toMs ? found : null;
  return (
    <div className="objective-form objective-history">
      <Button variant="default" disabled={busy} onClick={() => void ask()}>
        {TEXTS.fromHistory}
      </Button>
      {fresh && fresh.value !== null ? (
        <>
          <p role="status">
            <b>
              {number(fresh.value)} {objective.unit}
            </b>{' '}
            {TEXTS.ofOrders(fresh.orders, fresh.importIds.length)}
          </p>
          <Button disabled={busy} onClick={() => void freeze()}>
            {TEXTS.freezeHistory}
          </Button>
        </>
      ) : null}
      {fresh && fresh.value === null ? (
        <p role="status">
          {fresh.missing}{' '}
          <a className="link" href="/strategy/bring">
            {TEXTS.bringOrders}
          </a>
        </p>
      ) : null}
      {refusal ? <Failure {...refusal} /> : null}
    </div>
  );
}
