import { useQuery } from '@tanstack/react-query';
import type { AssetView, ObjectiveView, StrategyView } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useNames, useRights } from '../../frame/people.ts';
import { readStrategy } from '../../frame/session.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { GapList } from '../../parts/GapList.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Nobody, Person } from '../../parts/Person.tsx';
import { Empty } from '../../parts/states.tsx';
import { asTree, type TreeRow } from './asset-tree.ts';
import { HeatMap } from './HeatMap.tsx';
import { ObjectiveWay } from './ObjectiveWay.tsx';
import { kpiName } from './objective-texts.ts';
import { TEXTS } from './texts.ts';
import './strategy.css';

const INDENT_PX = 20;

/** What loses us money, which asset, how does it fail, and who answers? */
export function StrategyScreen() {
  const strategy = useQuery(readStrategy);
  const view = strategy.data;
  return (
    <>
      <PageHead
        question={TEXTS.question}
        under={view ? TEXTS.under(view.objectives.length, view.assets.length) : null}
        tools={
          <span className="line-up strategy-tools">
            <a className="link" href="/start">
              {TEXTS.start}
            </a>
            <a className="link" href="/strategy/bring">
              {TEXTS.bring}
            </a>
            <a className="link" href="/strategy/losses">
              {TEXTS.losses}
            </a>
            <a className="link" href="/strategy/pilot">
              {TEXTS.pilot}
            </a>
          </span>
        }
      />
      <Answered query={strategy} rows={10}>
        {(answer) => <Body view={answer} />}
      </Answered>
    </>
  );
}

function Body({ view }: { view: StrategyView }) {
  if (view.objectives.length === 0 && view.assets.length === 0) {
    return (
      <Empty title={TEXTS.noPlan} because={TEXTS.noPlanBecause}>
        <a className="link" href="/start">
          {TEXTS.start}
        </a>
        <a className="link" href="/strategy/bring">
          {TEXTS.bring}
        </a>
        <span>{TEXTS.noPlanNext}</span>
      </Empty>
    );
  }
  return (
    <div className="strategy">
      <Objectives rows={view.objectives} />
      <div className="strategy-pair">
        <Panel title={TEXTS.openTitle}>
          <GapList
            gaps={view.open}
            empty={<Empty title={TEXTS.nothingOpen} because={TEXTS.nothingOpenBecause} />}
          />
        </Panel>
        <HeatMap view={view} />
      </div>
      <Assets rows={asTree(view.assets)} />
    </div>
  );
}

function Objectives({ rows }: { rows: readonly ObjectiveView[] }) {
  const name = useNames();
  const { money, shortDay, month } = useWriter();
  const { mayRun } = useRights();
  const gaps = rows.reduce((sum, row) => sum + row.gaps.length, 0);
  const columns: Column<ObjectiveView>[] = [
    {
      id: 'objective',
      title: TEXTS.objective,
      value: (row) => row.name,
      cell: (row) => (
        <span className="two-lines" id={row.objectiveId}>
          <b>{row.name}</b>
          <span className="small mute">
            {kpiName(row.kpi)}, {TEXTS.modes(row.failureModes)}
          </span>
          {row.gaps.length === 0 ? null : <b className="small strategy-gaps">{row.gaps.join(', ')}</b>}
        </span>
      ),
    },
    {
      id: 'way',
      title: TEXTS.way,
      value: (row) => row.baseline,
      width: 260,
      cell: (row) => (
        <span className="two-lines strategy-way">
          <ObjectiveWay objective={row} />
          <span className="small mute">
            {row.unit}
            {row.baseline === null ? '' : `, ${row.baselineGrade}${row.frozen ? ', frozen' : ''}`}
            {row.baseline !== null && row.now === null ? `, ${TEXTS.notMeasured}` : ''}
          </span>
        </span>
      ),
    },
    {
      id: 'by',
      title: TEXTS.by,
      value: (row) => row.dueMs,
      cell: (row) =>
        row.dueMs === null ? (
          <span className="mute">{TEXTS.noDate}</span>
        ) : (
          `${shortDay(row.dueMs)} ${month(row.dueMs).slice(-4)}`
        ),
      secondary: true,
    },
    {
      id: 'worth',
      title: TEXTS.worth,
      value: (row) => row.valuePerUnitMinor,
      cell: (row) =>
        row.valuePerUnitMinor === null ? (
          <span className="mute">{TEXTS.notKnown}</span>
        ) : (
          money(row.valuePerUnitMinor)
        ),
      right: true,
      secondary: true,
    },
    {
      id: 'accountable',
      title: TEXTS.accountable,
      value: (row) => (row.accountable ? name(row.accountable) : ''),
      cell: (row) => (row.accountable ? <Person name={name(row.accountable)} /> : <Nobody />),
      secondary: true,
    },
    {
      id: 'gaps',
      title: TEXTS.missing,
      value: (row) => row.gaps.length,
      cell: (row) =>
        row.gaps.length === 0 ? <span className="mute">{TEXTS.whole}</span> : <b>{row.gaps.join(', ')}</b>,
      secondary: true,
    },
  ];
  return (
    <Panel title={TEXTS.objectives} aside={TEXTS.gapsOf(gaps)}>
      <DataTable
        name={TEXTS.objectives}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.objectiveId}
        href={(row) => `/strategy/objective/${row.objectiveId}`}
        exportable
      />
      {mayRun('strategy.set-objective') ? (
        <p className="strategy-more">
          <a className="link" href="/strategy/objective/new">
            {TEXTS.newObjective}
          </a>
        </p>
      ) : null}
    </Panel>
  );
}

function Assets({ rows }: { rows: readonly TreeRow[] }) {
  const { money, shortDay, month } = useWriter();
  const columns: Column<TreeRow>[] = [
    {
      id: 'asset',
      title: TEXTS.asset,
      value: (row) => shortId(row.assetId),
      cell: (row) => (
        <span className="two-lines" style={{ paddingLeft: row.depth * INDENT_PX }}>
          <span>
            <b>{shortId(row.assetId)}</b> {row.name}
          </span>
          <span className="small mute">{row.equipmentClass}</span>
        </span>
      ),
    },
    {
      id: 'criticality',
      title: TEXTS.criticality,
      value: (row) => row.criticality,
      cell: (row) =>
        row.criticality === null ? (
          <b>{TEXTS.notAssessed}</b>
        ) : (
          <span className="two-lines">
            <span>
              {row.criticality}{' '}
              {row.scores?.firstAnswer ? <span className="tag">{TEXTS.firstAnswer}</span> : null}
            </span>
            <span className="small mute">
              {row.reviewDueMs === null
                ? ''
                : TEXTS.reviewBy(`${shortDay(row.reviewDueMs)} ${month(row.reviewDueMs).slice(-4)}`)}
            </span>
          </span>
        ),
    },
    {
      id: 'hour',
      title: TEXTS.hour,
      value: (row) => row.stopHourMinor,
      cell: (row) =>
        row.stopHourMinor === null ? (
          <span className="mute">{TEXTS.notKnown}</span>
        ) : (
          money(row.stopHourMinor)
        ),
      right: true,
      secondary: true,
    },
    {
      id: 'modes',
      title: TEXTS.failureModes,
      value: (row) => row.failureModes.map((mode) => mode.name).join(', '),
      cell: (row) => row.failureModes.map((mode) => mode.name).join(', ') || <b>{TEXTS.noneYet}</b>,
      secondary: true,
    },
    { id: 'watched', title: TEXTS.watchedBy, value: watchWords, cell: (row) => <Watched asset={row} /> },
  ];
  return (
    <Panel title={TEXTS.assets}>
      <DataTable
        name={TEXTS.assets}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.assetId}
        href={(row) => `/strategy/asset/${row.assetId}`}
        exportable
      />
    </Panel>
  );
}

function unwatchedOf(asset: AssetView): number {
  return asset.failureModes.filter((mode) => mode.monitors.length === 0 && mode.endsByDecision === null)
    .length;
}

function watchWords(asset: AssetView): string {
  return asset.failureModes.flatMap((mode) => mode.monitors.map(shortId)).join(', ');
}

function Watched({ asset }: { asset: AssetView }) {
  const monitors = asset.failureModes.flatMap((mode) => mode.monitors);
  const unwatched = unwatchedOf(asset);
  const decided = asset.failureModes.some((mode) => mode.endsByDecision !== null);
  return (
    <span className="line-up">
      {monitors.map((id) => (
        <a key={id} className="link" href={`/monitor/${id}`}>
          {shortId(id)}
        </a>
      ))}
      {unwatched > 0 ? <b>{monitors.length === 0 ? TEXTS.nobody : TEXTS.unwatched(unwatched)}</b> : null}
      {decided ? <span className="mute">{TEXTS.runToFailure}</span> : null}
    </span>
  );
}
