import { Button } from '@mantine/core';
import { useState } from 'react';
import { usePlantNow } from '../../format/plant.tsx';
import { FINDINGS, FindingMark } from '../../parts/FindingMark.tsx';
import { LineThread } from '../../parts/LineThread.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Nobody, Person } from '../../parts/Person.tsx';
import { type Priority, PriorityBadge } from '../../parts/PriorityBadge.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { ComputedSlot, Sentence, Slot } from '../../parts/Slot.tsx';
import { Empty, Failure, Loading, Offline, Progress } from '../../parts/states.tsx';
import { Value } from '../../parts/Value.tsx';
import { BROKEN_THREAD, CASE_THREAD, MONITOR_THREAD } from './samples.ts';

const TOKENS =
  'canvas surface sunken raised hair edge band text text-2 text-3 data data-2 accent accent-soft p1 p2 p3 p4 pos neg'.split(
    ' ',
  );
const HOW_LONG: Record<Priority, string> = {
  1: 'this shift; the only one that may ring',
  2: 'within 24 h',
  3: 'within 7 days',
  4: 'next planned window',
};

export function FirstParts() {
  return (
    <>
      <Panel title="Colour" className="wide">
        <div className="swatches">
          {TOKENS.map((token) => (
            <span key={token} className="swatch">
              <i style={{ background: `var(--${token})` }} />
              {token}
            </span>
          ))}
        </div>
      </Panel>
      <Panel title="Priority">
        {([1, 2, 3, 4] as const).map((priority) => (
          <div key={priority} className="shown">
            <PriorityBadge priority={priority} />
            <span className="small quiet">{HOW_LONG[priority]}</span>
          </div>
        ))}
        <div className="shown">
          <PriorityBadge priority={1} unacknowledged />
          <span className="small quiet">not yet acknowledged</span>
        </div>
      </Panel>
      <Values />
      <Panel title="Finding and people">
        <div className="stack">
          <ul className="line-up">
            {FINDINGS.map((finding) => (
              <li key={finding}>
                <FindingMark finding={finding} />
              </li>
            ))}
          </ul>
          <Person name="T. Novak" role="Mechanics B" />
          <Person name="M. Silva" answers />
          <Nobody href="/parts" />
        </div>
      </Panel>
      <Panel title="The line of one case" className="wide">
        <div className="stack">
          <LineThread stops={MONITOR_THREAD} onSurface name="The line of a monitor" />
          <LineThread stops={CASE_THREAD} onSurface name="The line of a case" />
          <LineThread stops={BROKEN_THREAD} onSurface name="The line of a broken case" />
        </div>
      </Panel>
      <Actions />
      <States />
    </>
  );
}

function Values() {
  const nowMs = usePlantNow(60_000);
  const base = { unit: 'mm/s', value: 3.1, decimals: 1 } as const;
  return (
    <Panel title="Value, age, quality">
      <div className="shown">
        <span className="mute">good</span>
        <Value reading={{ kind: 'good', ...base, atMs: nowMs - 4_000 }} />
      </div>
      <div className="shown">
        <span className="mute">over its limit</span>
        <Value
          reading={{ kind: 'good', ...base, atMs: nowMs - 4_000 }}
          limit={{ value: 2.8, crossed: true }}
        />
      </div>
      <div className="shown">
        <span className="mute">uncertain</span>
        <Value reading={{ kind: 'uncertain', ...base, atMs: nowMs - 4_000 }} />
      </div>
      <div className="shown">
        <span className="mute">stale</span>
        <Value reading={{ kind: 'good', ...base, atMs: nowMs - 14 * 60_000, staleAfterMs: 180_000 }} />
      </div>
      <div className="shown">
        <span className="mute">no signal</span>
        <Value reading={{ kind: 'none', sinceMs: nowMs - 104 * 60_000 }} />
      </div>
      <div className="shown">
        <span className="mute">no data</span>
        <Value reading={{ kind: 'empty' }} />
      </div>
    </Panel>
  );
}

function Actions() {
  const [period, setPeriod] = useState<'90' | '12'>('90');
  return (
    <Panel title="Actions">
      <div className="stack">
        <span className="line-up">
          <Button variant="filled">Accept</Button>
          <Button>Change slot</Button>
          <Button variant="subtle">Not now</Button>
        </span>
        <span className="line-up">
          <Button variant="filled" size="md">
            Accept WO-4471
          </Button>
          <Button disabled>Needs a reason</Button>
        </span>
        <span>
          <Segments
            name="Period"
            options={[
              { id: '90', words: '90 days' },
              { id: '12', words: '12 months' },
            ]}
            chosen={period}
            onChoose={setPeriod}
          />
        </span>
        <Sentence>
          above <Slot onOpen={() => {}}>1.75 s</Slot> for{' '}
          <Slot empty onOpen={() => {}}>
            how long?
          </Slot>{' '}
          within <ComputedSlot reason="a quarter of the 21 days of warning">5 days</ComputedSlot>
        </Sentence>
      </div>
    </Panel>
  );
}

function States() {
  return (
    <>
      <Panel title="Progress">
        <div className="stack">
          <Progress words="Reading 12 months of PK-105" figures="4.9 of 7.8 M, 2 s left" share={0.63} />
          <p className="small quiet">
            Longer than 0.5 s: a word. Longer than 3 s: a bar with time left and Stop.
          </p>
          <span>
            <Button>Stop</Button>
          </span>
        </div>
      </Panel>
      <Panel title="Empty">
        <Empty title="Nothing needs you." because="10 monitors watch 10 assets. Newest reading 2 s ago.">
          <a className="link" href="/line">
            See the line
          </a>
        </Empty>
      </Panel>
      <Panel title="Loading">
        <Loading rows={3} />
        <p className="small quiet">Same place and height as the rows to come. No shimmer.</p>
      </Panel>
      <Panel title="Error and offline">
        <div className="stack">
          <Failure
            title="SAP did not take the order"
            detail="It refused the plant code 1200. Nothing was lost; we try again at 10:15."
            code="E-CMMS-012"
            actions={[
              { words: 'Correct the code', onChoose: () => {} },
              { words: 'Try now', onChoose: () => {} },
            ]}
          />
          <Offline since="21:31" waiting={3} href="/waiting" />
        </div>
      </Panel>
    </>
  );
}
