import type { StrategyView } from '../../../src/api/contract.ts';
import { NativeSelect } from '@mantine/core';
import { useCommand } from '../../data/command.ts';
import { usePlantNow } from '../../format/plant.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import { TEXTS } from './objective-texts.ts';
import { comingWeeks } from './weeks.ts';

const WEEKS = 12;

/** The calendar of the line: each week sold out, to be caught up, or idle. */
export function LineWeeks({ view }: { view: StrategyView }) {
  const nowMs = usePlantNow(3_600_000);
  const { run, busy, refusal } = useCommand();
  const known = new Map(view.lineStates.map((one) => [one.week, one.state]));
  return (
    <Panel title={TEXTS.weeks}>
      <p className="small quiet">{TEXTS.weeksHelp}</p>
      <div className="objective-weeks">
        {comingWeeks(nowMs, WEEKS).map((week) => (
          <NativeSelect
            key={week}
            label={week.slice(5).replace('W', 'Week ')}
            value={known.get(week) ?? ''}
            disabled={busy}
            data={[{ value: '', label: 'not said' }, ...Object.values(TEXTS.stateWords)]}
            onChange={(event) => {
              const state = event.currentTarget.value;
              if (state !== '') void run('/api/v1/strategy/line-state', { weeks: [{ week, state }] });
            }}
          />
        ))}
      </div>
      {refusal ? <Failure {...refusal} /> : null}
    </Panel>
  );
}
