import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { PilotListView, PilotRow } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { reading } from '../../data/queries.ts';
import { number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { TEXTS } from './pilot-texts.ts';
import './pilot.css';

export const readPilots = reading<PilotListView>('strategy', '/api/v1/strategy/pilot', 'pilot');

/** Candidates shown with everything; the others are a list. */
const FULL = 5;

/** Candidates best first, what each takes and brings, and why the others cannot be one. */
export function PilotScreen() {
  const pilots = useQuery(readPilots);
  return (
    <>
      <PageHead question={TEXTS.question} under={TEXTS.under} />
      <Answered query={pilots} rows={8}>
        {(view) => <Body view={view} />}
      </Answered>
    </>
  );
}

function Body({ view }: { view: PilotListView }) {
  if (view.rows.length + view.rejected.length === 0) {
    return (
      <Empty title={TEXTS.none} because={TEXTS.noneBecause}>
        <a className="link" href="/start">
          {TEXTS.begin}
        </a>
      </Empty>
    );
  }
  return (
    <div className="pilots">
      {view.rows.slice(0, FULL).map((row, at) => (
        <Candidate key={row.failureModeId} row={row} place={at + 1} least={view.fewestVotesShown} />
      ))}
      {view.rows.length > FULL ? <Further rows={view.rows.slice(FULL)} /> : null}
      {view.rejected.length > 0 ? (
        <Panel title={TEXTS.rejected} aside={TEXTS.rejectedBecause}>
          <ul className="pilot-rejected">
            {view.rejected.map((row) => (
              <li key={row.failureModeId}>
                <a href={`/strategy/asset/${row.assetId}#${row.failureModeId}`}>
                  <b>{row.assetName}</b> {row.name}
                </a>
                <span className="quiet">{row.rejected.join('; ')}.</span>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </div>
  );
}

/** Behind the first: name, money and points; the sheet has the rest. */
function Further({ rows }: { rows: readonly PilotRow[] }) {
  const { money } = useWriter();
  const columns: Column<PilotRow>[] = [
    {
      id: 'candidate',
      title: TEXTS.sheet,
      value: (row) => `${row.assetName}: ${row.name}`,
      cell: (row) => (
        <span>
          <b>{row.assetName}</b> {row.name}
        </span>
      ),
    },
    {
      id: 'reach',
      title: TEXTS.reach,
      value: (row) => row.reachMinorPerYear,
      cell: (row) =>
        row.reachMinorPerYear === null ? TEXTS.reachUnknown : <b>{money(row.reachMinorPerYear)}</b>,
      right: true,
    },
    { id: 'time', title: TEXTS.time, value: (row) => row.feasibility.answer, secondary: true },
    {
      id: 'points',
      title: TEXTS.pointsWord,
      value: (row) => row.points,
      cell: (row) => number(row.points, 1),
      right: true,
    },
  ];
  return (
    <Panel title={TEXTS.further}>
      <DataTable
        name={TEXTS.further}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.failureModeId}
        href={(row) => `/strategy/asset/${row.assetId}#${row.failureModeId}`}
      />
    </Panel>
  );
}

function Candidate({ row, place, least }: { row: PilotRow; place: number; least: number }) {
  const { money } = useWriter();
  const { mayRun } = useRights();
  const { votes } = row;
  return (
    <Panel
      title={
        <>
          <span className="pilot-place">{place}</span> {row.assetName}: {row.name}
        </>
      }
      aside={TEXTS.points(number(row.points, 1))}
    >
      <dl className="pilot-facts">
        <Fact word={TEXTS.reach}>
          {row.reachMinorPerYear === null ? (
            <span className="mute">{TEXTS.reachUnknown}</span>
          ) : (
            <>
              <b>{money(row.reachMinorPerYear)}</b>
              <span className="small mute">
                {TEXTS.reachOf(money(row.lossMinorPerYear ?? 0))}, {row.reachGrade}
              </span>
            </>
          )}
        </Fact>
        <Fact word={TEXTS.criticality}>
          <b>{row.criticality ?? TEXTS.notAssessed}</b>
          {row.firstAnswer ? <span className="small mute">{TEXTS.first}</span> : null}
        </Fact>
        <Fact word={TEXTS.data}>{row.access}</Fact>
        <Fact word={TEXTS.crew}>
          {votes.willing === null
            ? TEXTS.votesHidden(votes.cast, least)
            : TEXTS.votes(votes.willing, votes.cast)}
        </Fact>
      </dl>
      <dl className="pilot-words">
        <div>
          <dt>{TEXTS.time}</dt>
          <dd>
            <b>{row.feasibility.answer}</b> {row.feasibility.words}
          </dd>
        </div>
        <div>
          <dt>{TEXTS.takes}</dt>
          <dd>{row.takes.length === 0 ? TEXTS.nothing : row.takes.join('; ')}</dd>
        </div>
      </dl>
      {mayRun('strategy.vote-pilot') ? <Vote row={row} /> : null}
      <p className="line-up pilot-acts">
        {row.charterId ? (
          <a className="link" href={`/strategy/charter/${row.charterId}`}>
            {TEXTS.openCharter}
          </a>
        ) : null}
        {!row.charterId && mayRun('strategy.write-charter') ? (
          <a className="link" href={`/strategy/charter/new?mode=${encodeURIComponent(row.failureModeId)}`}>
            {TEXTS.writeCharter}
          </a>
        ) : null}
        <a className="link" href={`/strategy/asset/${row.assetId}#${row.failureModeId}`}>
          {TEXTS.sheet}
        </a>
      </p>
    </Panel>
  );
}

export function Fact(props: { word: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.word}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Vote({ row }: { row: PilotRow }) {
  const { run, busy, refusal } = useCommand();
  const vote = (willing: boolean) =>
    void run(`/api/v1/strategy/pilot/${encodeURIComponent(row.failureModeId)}/vote`, { willing });
  return (
    <fieldset className="pilot-vote">
      <legend>{TEXTS.vote}</legend>
      <Button aria-pressed={row.votes.mine === true} disabled={busy} onClick={() => vote(true)}>
        {TEXTS.yes}
      </Button>
      <Button aria-pressed={row.votes.mine === false} disabled={busy} onClick={() => vote(false)}>
        {TEXTS.no}
      </Button>
      <span className="small mute">{TEXTS.counted}</span>
      {refusal ? <Failure {...refusal} /> : null}
    </fieldset>
  );
}
