import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { LossesView, Reliability } from '../../../src/api/contract.ts';
import { useCommand } from '../../data/command.ts';
import { reading } from '../../data/queries.ts';
import { count, counted, number, percent } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { Empty, Failure } from '../../parts/states.tsx';
import { Ages, Repeats, Trends } from './LossesMore.tsx';
import { TEXTS } from './losses-texts.ts';
import './losses.css';

type Cut = LossesView['by'];
type Bar = LossesView['bars'][number];

const readLosses = (by: Cut) =>
  reading<LossesView>('strategy', `/api/v1/strategy/losses?by=${by}`, 'losses', by);
const readReliability = reading<Reliability>('strategy', '/api/v1/strategy/reliability', 'reliability');

/** Cost, count and downtime of the plant's own orders, what comes back, and what the failures say. */
export function LossesScreen() {
  const [by, setBy] = useState<Cut>('asset');
  const losses = useQuery(readLosses(by));
  const { shortDay, month } = useWriter();
  const day = (atMs: number) => `${shortDay(atMs)} ${month(atMs).slice(-4)}`;
  const view = losses.data;
  const under =
    view && view.fromMs !== null && view.toMs !== null
      ? TEXTS.under(view.orders, day(view.fromMs), day(view.toMs))
      : TEXTS.underNone;
  return (
    <>
      <PageHead
        question={TEXTS.question}
        under={under}
        tools={
          <a className="link" href="/strategy/bring">
            {TEXTS.bring}
          </a>
        }
      />
      <Answered query={losses} rows={8}>
        {(found) => <Body view={found} onCut={setBy} />}
      </Answered>
    </>
  );
}

function Body({ view, onCut }: { view: LossesView; onCut: (by: Cut) => void }) {
  const more = useQuery(readReliability);
  if (view.orders === 0) {
    return (
      <Empty title={TEXTS.none} because={TEXTS.noneBecause}>
        <a className="link" href="/strategy/bring">
          {TEXTS.bring}
        </a>
      </Empty>
    );
  }
  return (
    <div className="losses">
      <Pareto key={view.by} view={view} onCut={onCut} />
      <Answered query={more} rows={4}>
        {(found) => (
          <div className="losses-pair">
            <div className="losses-stack">
              <Ages rows={found.modes} />
              <Repeats rows={view.repeats} />
            </div>
            <Trends rows={found.trends} />
          </div>
        )}
      </Answered>
    </div>
  );
}

function Pareto({ view, onCut }: { view: LossesView; onCut: (by: Cut) => void }) {
  const { money } = useWriter();
  const { mayRun } = useRights();
  const router = useRouter();
  const { run, busy, refusal } = useCommand();
  const amount = (minor: number) => (view.currency === null ? number(minor / 100, 0) : money(minor));
  const makePilot = async (asset: string) => {
    const made = await run<{ assetId: string }>('/api/v1/strategy/losses/pilot', { asset });
    if (made) router.history.push(`/start?asset=${encodeURIComponent(made.assetId)}`);
  };
  const columns = paretoColumns(view, amount);
  if (view.by === 'asset' && mayRun('strategy.estimate-loss') && mayRun('strategy.register-asset')) {
    columns.push({
      id: 'pilot',
      title: '',
      unsorted: true,
      value: () => null,
      right: true,
      cell: (row) => (
        <Button variant="subtle" size="xs" disabled={busy} onClick={() => void makePilot(row.key)}>
          <span className="losses-long">{TEXTS.pilot}</span>
          <span className="losses-short">{TEXTS.pilotShort}</span>
        </Button>
      ),
    });
  }
  const { left } = view;
  return (
    <Panel title={TEXTS.costTitle} aside={view.currency === null ? TEXTS.noCurrency : amount(view.costMinor)}>
      <div className="losses-cut">
        <Segments
          name={TEXTS.by}
          options={(['asset', 'class', 'failure-mode'] as const).map((id) => ({ id, words: TEXTS.cuts[id] }))}
          chosen={view.by}
          onChoose={onCut}
        />
      </div>
      {refusal ? <Failure {...refusal} /> : null}
      <DataTable
        name={TEXTS.costTitle}
        columns={columns}
        rows={view.bars}
        rowKey={(row) => row.key}
        exportable
      />
      {left ? (
        <p className="small quiet losses-more">
          {TEXTS.left(left.bars, counted(left.orders, 'order', 'orders'), amount(left.costMinor))}
        </p>
      ) : null}
    </Panel>
  );
}

function paretoColumns(view: LossesView, amount: (minor: number) => string): Column<Bar>[] {
  const largest = view.bars[0]?.share ?? 0;
  return [
    {
      id: 'key',
      title: TEXTS.cuts[view.by],
      value: (row) => row.key,
      cell: (row) => (
        <span className="two-lines">
          <b className="losses-name">{row.key}</b>
          <span className="small mute">{counted(row.orders, 'order', 'orders')}</span>
        </span>
      ),
    },
    {
      id: 'bar',
      title: TEXTS.share,
      value: (row) => row.share,
      width: 280,
      secondary: true,
      cell: (row) => <ShareBar row={row} largest={largest} />,
    },
    {
      id: 'cost',
      title: TEXTS.cost,
      value: (row) => row.costMinor,
      cell: (row) => amount(row.costMinor),
      right: true,
    },
    {
      id: 'cumulative',
      title: TEXTS.soFar,
      value: (row) => row.cumulativeShare,
      cell: (row) => (row.cumulativeShare === null ? '' : percent(row.cumulativeShare)),
      right: true,
    },
    {
      id: 'downtime',
      title: TEXTS.downtime,
      value: (row) => row.downtimeH,
      cell: (row) =>
        row.downtimeH === null ? (
          <span className="mute">{TEXTS.noDowntime}</span>
        ) : (
          TEXTS.hours(count(row.downtimeH))
        ),
      right: true,
      secondary: true,
    },
  ];
}

/** Share of one as a bar against the largest, and of all so far as a stroke on the same track from 0 to 100 %. */
function ShareBar({ row, largest }: { row: Bar; largest: number }) {
  if (row.share === null || largest === 0) return null;
  return (
    <span className="losses-bar" role="img" aria-label={TEXTS.pareto(row.key, percent(row.share))}>
      <i style={{ width: `${Math.max(0, row.share) * 100}%` }} />
      <b style={{ left: `calc(${Math.min(1, Math.max(0, row.cumulativeShare ?? 0)) * 100}% - 2px)` }} />
    </span>
  );
}
