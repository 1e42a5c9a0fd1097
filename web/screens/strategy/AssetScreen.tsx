import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { AssetView, StrategyView, WorkListView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { shortId } from '../../format/id.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { readStrategy } from '../../frame/session.ts';
import { DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { caseColumns } from '../work/case-columns.tsx';
import { TEXTS } from './texts.ts';
import './strategy.css';

type Mode = AssetView['failureModes'][number];

/** One asset: how critical, how it fails, what watches it, and what came of it. */
export function AssetScreen() {
  const { assetId = '' }: { assetId?: string } = useParams({ strict: false });
  const strategy = useQuery(readStrategy);
  const asset = strategy.data?.assets.find((one) => one.assetId === assetId);
  return (
    <>
      <PageHead
        question={asset ? TEXTS.assetQuestion(`${shortId(asset.assetId)} ${asset.name}`) : TEXTS.question}
        under={asset ? TEXTS.assetUnder(asset.equipmentClass) : null}
      />
      <Answered query={strategy} rows={8}>
        {(view) =>
          asset ? (
            <Body view={view} asset={asset} />
          ) : (
            <Failure
              title={TEXTS.missingAsset}
              detail={TEXTS.missingAssetDetail}
              mend={TEXTS.missingAssetMend}
              code="E-WEB-004"
            />
          )
        }
      </Answered>
    </>
  );
}

function Body({ view, asset }: { view: StrategyView; asset: AssetView }) {
  const parent = view.assets.find((one) => one.assetId === asset.parentId);
  return (
    <div className="strategy">
      <Standing asset={asset} parent={parent} />
      <Panel title={TEXTS.failureModes}>
        {asset.failureModes.length === 0 ? (
          <Empty title={TEXTS.noModes} because={TEXTS.noModesBecause} />
        ) : (
          <ul className="modes">
            {asset.failureModes.map((mode) => (
              <ModeItem key={mode.failureModeId} mode={mode} view={view} />
            ))}
          </ul>
        )}
      </Panel>
      <CasesHere assetId={asset.assetId} />
    </div>
  );
}

function Standing({ asset, parent }: { asset: AssetView; parent: AssetView | undefined }) {
  const { money, shortDay, month } = useWriter();
  return (
    <dl className="panel asset-facts">
      <div>
        <dt>{TEXTS.criticality}</dt>
        <dd>
          <b>{asset.criticality ?? TEXTS.notAssessed}</b>
          {asset.reviewDueMs === null ? null : (
            <span className="small mute">
              {' '}
              {TEXTS.reviewBy(`${shortDay(asset.reviewDueMs)} ${month(asset.reviewDueMs).slice(-4)}`)}
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>{TEXTS.hour}</dt>
        <dd>
          <b>{asset.stopHourMinor === null ? TEXTS.notKnown : money(asset.stopHourMinor)}</b>
        </dd>
      </div>
      {parent ? (
        <div>
          <dt>{TEXTS.partOf}</dt>
          <dd>
            <a className="link" href={`/strategy/asset/${parent.assetId}`}>
              {shortId(parent.assetId)} {parent.name}
            </a>
          </dd>
        </div>
      ) : null}
    </dl>
  );
}

function ModeItem({ mode, view }: { mode: Mode; view: StrategyView }) {
  const { span } = useWriter();
  const objective = view.objectives.find((one) => one.objectiveId === mode.objectiveId);
  return (
    <li id={mode.failureModeId}>
      <h3>{mode.name}</h3>
      <dl>
        <div>
          <dt>{TEXTS.position}</dt>
          <dd>{mode.position}</dd>
        </div>
        <div>
          <dt>{TEXTS.pf}</dt>
          <dd>
            {mode.pfMinMs === null ? (
              <b>{TEXTS.pfUnknown}</b>
            ) : (
              <>
                {span(mode.pfMinMs)} <span className="mute">{mode.pfGrade}</span>
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>{TEXTS.objectiveOf}</dt>
          <dd>
            <a className="link" href={`/strategy#${mode.objectiveId}`}>
              {objective?.name ?? shortId(mode.objectiveId)}
            </a>
          </dd>
        </div>
        <div>
          <dt>{TEXTS.watchedBy}</dt>
          <dd className="line-up">
            {mode.monitors.map((id) => (
              <a key={id} className="link" href={`/monitor/${id}`}>
                {shortId(id)}
              </a>
            ))}
            {mode.endsByDecision ? <span>{TEXTS.runToFailure}</span> : null}
            {mode.monitors.length === 0 && !mode.endsByDecision ? <b>{TEXTS.nobody}</b> : null}
          </dd>
        </div>
        <div>
          <dt>{TEXTS.code}</dt>
          <dd className="mute">{mode.iso14224}</dd>
        </div>
      </dl>
    </li>
  );
}

function CasesHere({ assetId }: { assetId: string }) {
  const work = useQuery(reading<WorkListView>('work', '/api/v1/work'));
  const { shortDay } = useWriter();
  return (
    <Panel title={TEXTS.cases}>
      <Answered query={work} rows={3}>
        {(list) => (
          <DataTable
            name={TEXTS.cases}
            columns={caseColumns(shortDay, true)}
            rows={list.cases.filter((row) => row.assetId === assetId)}
            rowKey={(row) => row.caseId}
            href={(row) => `/work/case/${row.caseId}`}
            empty={<Empty title={TEXTS.noCases} because={TEXTS.noCasesBecause} />}
          />
        )}
      </Answered>
    </Panel>
  );
}
