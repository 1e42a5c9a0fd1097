import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { AssetSheetView, AssetView, StrategyView, WorkListView } from '../../../src/api/contract.ts';
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
import { CriticalityPanel } from './CriticalityPanel.tsx';
import { ModeSheets } from './ModeSheets.tsx';
import { TEXTS } from './texts.ts';
import './strategy.css';

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
      <Sheets assetId={asset.assetId} />
      <CasesHere assetId={asset.assetId} />
    </div>
  );
}

function Standing({ asset, parent }: { asset: AssetView; parent: AssetView | undefined }) {
  const { money } = useWriter();
  return (
    <dl className="panel asset-facts">
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

function Sheets({ assetId }: { assetId: string }) {
  const path = `/api/v1/strategy/asset/${encodeURIComponent(assetId)}`;
  const sheet = useQuery(reading<AssetSheetView>('strategy', path));
  return (
    <Answered query={sheet} rows={6}>
      {(view) => (
        <>
          <CriticalityPanel view={view} />
          <ModeSheets view={view} />
        </>
      )}
    </Answered>
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
