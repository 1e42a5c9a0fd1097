import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type {
  AssetSheetView,
  AssetView,
  CaseRow,
  StrategyView,
  WorkListView,
} from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { shortId } from '../../format/id.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { readStrategy } from '../../frame/session.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { FindingMark } from '../../parts/FindingMark.tsx';
import { Amount } from '../../parts/MoneyBar.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { PriorityShape } from '../../parts/PriorityBadge.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { MARK_OF } from '../work/findings.ts';
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
  const columns: Column<CaseRow>[] = [
    {
      id: 'case',
      title: TEXTS.caseWord,
      value: (row) => row.title,
      cell: (row) => (
        <span className="line-up">
          <PriorityShape priority={row.priority} size={16} />
          <b>{shortId(row.caseId)}</b> {row.title}
        </span>
      ),
    },
    {
      id: 'opened',
      title: TEXTS.opened,
      value: (row) => row.openedAtMs,
      cell: (row) => shortDay(row.openedAtMs),
    },
    {
      id: 'standing',
      title: TEXTS.standing,
      value: (row) => (row.state === 'closed' ? 'closed' : `waits for ${row.waitsFor}`),
      secondary: true,
    },
    {
      id: 'finding',
      title: TEXTS.finding,
      value: (row) => row.finding,
      cell: (row) =>
        row.finding ? <FindingMark finding={MARK_OF[row.finding]} words={row.finding} /> : null,
      secondary: true,
    },
    {
      id: 'booked',
      title: TEXTS.booked,
      value: (row) => row.amountMinor,
      cell: (row) => <Amount minor={row.amountMinor} />,
      right: true,
    },
  ];
  return (
    <Panel title={TEXTS.cases}>
      <Answered query={work} rows={3}>
        {(list) => (
          <DataTable
            name={TEXTS.cases}
            columns={columns}
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
