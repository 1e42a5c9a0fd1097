import { Button, Checkbox, NumberInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { OrderView } from '../../../src/api/contract.ts';
import { useData, useWaiting } from '../../data/provider.tsx';
import { type ProblemWords, wordsOf } from '../../data/refusal.ts';
import { shortId } from '../../format/id.ts';
import { usePlant } from '../../format/plant.tsx';
import { hours } from '../../format/time.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { FlowHead } from './FindingFlow.tsx';
import { findingPath, finishPath } from './standing-order.ts';
import { TEXTS } from './texts.ts';

/** The last finding of an order, whether the plant has it or it still waits here. */
function repairedBefore(view: OrderView, waiting: { path: string; body: unknown }[]): boolean {
  const bodies = waiting
    .filter((change) => change.path === findingPath(view.caseId))
    .map((change) => change.body);
  const last = (bodies.at(-1) ?? view.findings.at(-1)) as { moment: string; finding: string } | undefined;
  return last?.moment === 'as found' && (last.finding === 'as stated' || last.finding === 'other fault');
}

/** Hours, parts and stop, filled with the plan: who did as planned taps once. */
export function FinishForm({ view, onBack }: { view: OrderView; onBack: () => void }) {
  const { waiting } = useData();
  const { changes } = useWaiting();
  const { currency } = usePlant();
  const repairedFirst = repairedBefore(view, [...changes]);
  const planned = view.parts.reduce((sum, part) => sum + part.quantity * (part.costMinor ?? 0), 0);
  const [worked, setWorked] = useState<number | string>(view.durationH * view.people);
  const [parts, setParts] = useState<number | string>(repairedFirst ? planned / 100 : 0);
  const [stop, setStop] = useState<number | string>(repairedFirst ? view.plannedDowntimeH : 0);
  const [repaired, setRepaired] = useState(repairedFirst);
  const [failure, setFailure] = useState<ProblemWords | null>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await waiting.add({
        method: 'POST',
        path: finishPath(view.orderId),
        body: {
          actualH: Number(worked),
          partsMinor: Math.round(Number(parts) * 100),
          downtimeH: Number(stop),
          repaired,
        },
        title: `${shortId(view.orderId)} finished`,
        detail: `${hours(Number(worked))}${repaired ? ', repaired' : ''}`,
      });
      onBack();
    } catch (thrown) {
      setFailure(wordsOf(thrown));
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <FlowHead question={TEXTS.donePlanned} onBack={onBack} />
      <Panel>
        <div className="finish">
          <NumberInput
            label={TEXTS.hours}
            suffix=" h"
            min={0}
            max={1_000}
            step={0.5}
            value={worked}
            onChange={setWorked}
            required
            withAsterisk={false}
          />
          <NumberInput
            label={TEXTS.parts}
            suffix={` ${currency}`}
            min={0}
            decimalScale={2}
            value={parts}
            onChange={setParts}
            required
            withAsterisk={false}
          />
          <NumberInput
            label={TEXTS.stop}
            suffix=" h"
            min={0}
            max={1_000}
            step={0.5}
            value={stop}
            onChange={setStop}
            required
            withAsterisk={false}
          />
          <Checkbox
            label={TEXTS.repaired}
            checked={repaired}
            onChange={(event) => setRepaired(event.currentTarget.checked)}
          />
        </div>
      </Panel>
      <div className="order-acts thumb-action">
        {failure ? <Failure {...failure} /> : null}
        <Button type="submit" variant="filled" data-main-action="">
          {TEXTS.finishOrder}
        </Button>
        <p className="small quiet">{TEXTS.keptHere}</p>
      </div>
    </form>
  );
}
