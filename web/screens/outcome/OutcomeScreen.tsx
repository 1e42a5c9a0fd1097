import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutcomeView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { Ledger } from './Ledger.tsx';
import { MonitorResults } from './MonitorResults.tsx';
import { ObjectiveResults } from './ObjectiveResults.tsx';
import { TEXTS } from './texts.ts';
import '../work/work.css';
import './outcome.css';

const DAYS = { quarter: 90, year: 365 } as const;

/** Two ledgers that are never added up, and what each monitor brought and cost. */
export function OutcomeScreen() {
  const [period, setPeriod] = useState<keyof typeof DAYS>('quarter');
  const path = `/api/v1/outcome?days=${DAYS[period]}`;
  const outcome = useQuery({ ...reading<OutcomeView>('outcome', path), placeholderData: keepPreviousData });
  const { shortDay, longDay } = useWriter();
  return (
    <>
      <PageHead
        question={TEXTS.question}
        under={
          outcome.data
            ? `${shortDay(outcome.data.fromMs)} to ${longDay(outcome.data.nowMs)}. Only accepted money leaves this page.`
            : null
        }
        tools={
          <Segments
            name="Period"
            options={[
              { id: 'quarter', words: '90 days' },
              { id: 'year', words: '12 months' },
            ]}
            chosen={period}
            onChoose={setPeriod}
          />
        }
      />
      <Answered query={outcome} rows={12}>
        {(view) => {
          const scaleMinor = Math.max(sizeOf(view.avoidance), sizeOf(view.savings));
          return (
            <div className="outcome">
              <ObjectiveResults objectives={view.objectives} />
              <div className="ledgers">
                <Ledger ledger={view.avoidance} scaleMinor={scaleMinor} />
                <Ledger ledger={view.savings} scaleMinor={scaleMinor} />
              </div>
              <MonitorResults monitors={view.monitors} />
            </div>
          );
        }}
      </Answered>
    </>
  );
}

function sizeOf(ledger: OutcomeView['savings']): number {
  return Math.abs(ledger.acceptedMinor) + Math.abs(ledger.verifiedMinor) + Math.abs(ledger.estimatedMinor);
}
