import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { AssetSheetView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { useNames, useRights } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Person } from '../../parts/Person.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { TeamScores } from './TeamScores.tsx';
import { TEXTS } from './sheet-texts.ts';

type Stop = keyof typeof TEXTS.stops;
type Risk = keyof typeof TEXTS.risks;

/** The class with what stands behind it; the one question first, a team's scores when it matters. */
export function CriticalityPanel({ view }: { view: AssetSheetView }) {
  const { mayRun } = useRights();
  const [scoring, setScoring] = useState(false);
  const scored = view.criticality;
  const mayScore = mayRun('strategy.assess-criticality');
  return (
    <div id="criticality">
      <Panel title={TEXTS.criticality}>
        {scored ? <Standing scored={scored} /> : <Empty title={TEXTS.none} because={TEXTS.noneBecause} />}
        {scored?.basis !== 'team' && mayRun('strategy.answer-criticality') && !scoring ? (
          <FirstQuestion assetId={view.assetId} />
        ) : null}
        {scoring ? (
          <TeamScores view={view} onDone={() => setScoring(false)} />
        ) : mayScore ? (
          <p className="sheet-acts">
            <button type="button" className="link" onClick={() => setScoring(true)}>
              {TEXTS.scoreTeam}
            </button>
          </p>
        ) : null}
      </Panel>
    </div>
  );
}

function Standing({ scored }: { scored: NonNullable<AssetSheetView['criticality']> }) {
  const nameOf = useNames();
  const { longDay } = useWriter();
  const kinds = Object.entries(TEXTS.kinds) as [keyof typeof TEXTS.kinds, string][];
  return (
    <>
      <p className="sheet-class">
        <b>{TEXTS.classOf(scored.class)}</b>
        <span className="tag">
          {scored.basis === 'first answer' ? TEXTS.first : TEXTS.team(scored.assessedBy.length)}
        </span>
        <span className="small mute">
          {TEXTS.scoreWords(number(scored.consequenceScore), scored.likelihood, number(scored.score))},{' '}
          {TEXTS.review(longDay(scored.reviewDueMs))}
        </span>
      </p>
      <dl className="sheet-scores">
        {kinds.map(([kind, words]) => (
          <div key={kind}>
            <dt>{words}</dt>
            <dd>
              <span className="sheet-bar" aria-hidden="true">
                <i style={{ width: `${scored.consequence[kind] * 20}%` }} />
              </span>
              {scored.consequence[kind]}
            </dd>
          </div>
        ))}
      </dl>
      {scored.mitigated ? <p className="small quiet">{TEXTS.left(scored.mitigated.class)}.</p> : null}
      <p className="line-up sheet-people">
        {scored.assessedBy.map((one) => (
          <Person key={one} name={nameOf(one)} />
        ))}
      </p>
    </>
  );
}

function FirstQuestion({ assetId }: { assetId: string }) {
  const { run, busy, refusal } = useCommand();
  const [stop, setStop] = useState<Stop | null>(null);
  const [atRisk, setRisk] = useState<readonly Risk[]>([]);
  const send = () =>
    void run(`/api/v1/strategy/asset/${encodeURIComponent(assetId)}/first-criticality`, { stop, atRisk });
  return (
    <div className="sheet-question">
      <h3>{TEXTS.ask}</h3>
      <div className="sheet-options">
        {(Object.keys(TEXTS.stops) as Stop[]).map((one) => (
          <Button key={one} aria-pressed={one === stop} onClick={() => setStop(one)}>
            {TEXTS.stops[one]}
          </Button>
        ))}
      </div>
      <h3>{TEXTS.risk}</h3>
      <div className="line-up sheet-risks">
        {(Object.keys(TEXTS.risks) as Risk[]).map((one) => (
          <Checkbox
            key={one}
            label={TEXTS.risks[one]}
            checked={atRisk.includes(one)}
            onChange={(event) =>
              setRisk(
                event.currentTarget.checked ? [...atRisk, one] : atRisk.filter((other) => other !== one),
              )
            }
          />
        ))}
      </div>
      {refusal ? <Failure {...refusal} /> : null}
      <Button variant="filled" data-main-action="" disabled={stop === null || busy} onClick={send}>
        {busy ? 'Working' : TEXTS.answer}
      </Button>
    </div>
  );
}
