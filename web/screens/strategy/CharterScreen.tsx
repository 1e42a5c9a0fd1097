import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import type { CharterView } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { reading } from '../../data/queries.ts';
import { number, percent } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useNames } from '../../frame/people.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Person } from '../../parts/Person.tsx';
import { Failure } from '../../parts/states.tsx';
import { CharterForm } from './CharterForm.tsx';
import { Fact } from './PilotScreen.tsx';
import { TEXTS } from './pilot-texts.ts';
import './pilot.css';

/** Address of the page on which a charter is written. */
const NEW = 'new';

/** One page: what is agreed, who signed, and what came of it, side by side. */
export function CharterScreen() {
  const { charterId = '' }: { charterId?: string } = useParams({ strict: false });
  const search: { mode?: string } = useSearch({ strict: false });
  if (charterId === NEW) {
    return (
      <>
        <PageHead question={TEXTS.newCharter} under={TEXTS.charterUnder} />
        <CharterForm failureModeId={search.mode ?? ''} />
      </>
    );
  }
  return <Charter charterId={charterId} />;
}

function Charter({ charterId }: { charterId: string }) {
  const path = `/api/v1/strategy/charter/${encodeURIComponent(charterId)}`;
  const query = useQuery(reading<CharterView>('strategy', path));
  const view = query.data;
  return (
    <>
      <PageHead
        question={view ? TEXTS.charterQuestion(view.assetName) : TEXTS.newCharter}
        under={view ? `${view.failureMode}. ${TEXTS.charterUnder}` : null}
        findless
        tools={<Button onClick={() => window.print()}>{TEXTS.print}</Button>}
      />
      <Answered query={query} rows={8}>
        {(found) => (
          <div className="charter">
            <Agreed view={found} />
            <SideBySide view={found} path={path} />
            <Signatures view={found} path={path} />
          </div>
        )}
      </Answered>
    </>
  );
}

function Agreed({ view }: { view: CharterView }) {
  const { money, longDay } = useWriter();
  const nameOf = useNames();
  const { charter } = view;
  const { low, likely, high, grade } = charter.lossMinorPerYear;
  return (
    <Panel title={TEXTS.what} aside={TEXTS.versionOf(view.version)}>
      <dl className="charter-facts">
        <Fact word={TEXTS.lossYear}>
          <b>{money(likely)}</b>
          <span className="small mute">
            {TEXTS.lossRange(money(low), money(high))}, {grade}
          </span>
        </Fact>
        <Fact word={TEXTS.owner}>
          <Person name={nameOf(charter.owner)} answers />
        </Fact>
        <Fact word={TEXTS.hours}>
          {view.crews.map((crew) => (
            <span key={crew.crewId}>{TEXTS.hoursOf(crew.name, number(crew.hPerWeek))}</span>
          ))}
        </Fact>
        <Fact word={TEXTS.sensor}>{money(charter.sensorMinor)}</Fact>
        <Fact word={TEXTS.upkeep}>{money(charter.upkeepMinorPerYear)}</Fact>
        <Fact word={TEXTS.costCentre}>{charter.costCentre}</Fact>
        <Fact word={TEXTS.decideOn}>
          <b>{longDay(charter.decideOnMs)}</b>
        </Fact>
        <div className="charter-wide">
          <dt>{TEXTS.switchedOff}</dt>
          <dd>{charter.switchedOffOnNo}</dd>
        </div>
      </dl>
    </Panel>
  );
}

function SideBySide({ view, path }: { view: CharterView; path: string }) {
  const { money } = useWriter();
  const { run, busy, refusal } = useCommand();
  const write = (measure: string, value: number): string => {
    if (measure === 'accepted money') return money(value);
    return measure === 'verified precision' ? percent(value) : number(value);
  };
  const decide = (decision: 'go' | 'no-go') => void run(`${path}/check`, { version: view.version, decision });
  return (
    <Panel title={TEXTS.go} aside={view.checked ? TEXTS.decided(view.checked.decision) : null}>
      <table className="charter-table">
        <thead>
          <tr>
            <th scope="col">{TEXTS.measure}</th>
            <th scope="col">{TEXTS.agreed}</th>
            <th scope="col">{TEXTS.result}</th>
          </tr>
        </thead>
        <tbody>
          {view.results.map((one) => (
            <tr key={one.measure}>
              <td>{one.measure}</td>
              <td>
                {TEXTS.bounds[one.bound]} <b>{write(one.measure, one.value)}</b>
              </td>
              <td>
                {one.result === null ? (
                  <span className="mute">{TEXTS.notYet}</span>
                ) : (
                  <>
                    <b>{write(one.measure, one.result)}</b> {one.met ? TEXTS.kept : TEXTS.notKept}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {view.mayCheck ? (
        <p className="line-up pilot-acts">
          <Button variant="filled" data-main-action="" disabled={busy} onClick={() => decide('go')}>
            {TEXTS.decideGo}
          </Button>
          <Button disabled={busy} onClick={() => decide('no-go')}>
            {TEXTS.decideNo}
          </Button>
        </p>
      ) : null}
      {refusal ? <Failure {...refusal} /> : null}
    </Panel>
  );
}

function Signatures({ view, path }: { view: CharterView; path: string }) {
  const nameOf = useNames();
  const { longDay } = useWriter();
  const { run, busy, refusal } = useCommand();
  return (
    <Panel title={TEXTS.signatures}>
      <ul className="charter-signed">
        {(['owner', 'finance'] as const).map((as) => {
          const signed = view.signatures.find((one) => one.as === as);
          const route = as === 'owner' ? 'sign' : 'sign-for-finance';
          return (
            <li key={as}>
              <span>{TEXTS.signedBy[as]}</span>
              {signed ? <Person name={nameOf(signed.by)} note={longDay(signed.atMs)} /> : null}
              {!signed && view.maySignAs.includes(as) ? (
                <Button
                  variant="filled"
                  disabled={busy}
                  onClick={() => void run(`${path}/${route}`, { version: view.version })}
                >
                  {TEXTS.sign}
                </Button>
              ) : null}
              {!signed && !view.maySignAs.includes(as) ? <span className="mute">{TEXTS.open}</span> : null}
            </li>
          );
        })}
      </ul>
      {refusal ? <Failure {...refusal} /> : null}
    </Panel>
  );
}
