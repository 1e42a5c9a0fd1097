import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { MonitorView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { shortId } from '../../format/id.ts';
import { counted } from '../../format/number.ts';
import { isCrossed, readingShown } from '../../format/reading.ts';
import { Answered } from '../../frame/Answered.tsx';
import { PageHead } from '../../frame/PageHead.tsx';
import { useRights } from '../../frame/people.ts';
import { LineThread, type ThreadStop } from '../../parts/LineThread.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Value } from '../../parts/Value.tsx';
import { threadOf } from '../work/CaseScreen.tsx';
import { AlertsPanel, CasesPanel } from './AlertsAndCases.tsx';
import { BacktestPanel } from './BacktestPanel.tsx';
import { ChangePanel, type Wish, wishOf } from './ChangePanel.tsx';
import { GatePanel } from './GatePanel.tsx';
import { AdvicePanel, VersionsPanel } from './GovernPanel.tsx';
import { MonitorSentence } from './MonitorSentence.tsx';
import { MonitorTrend } from './MonitorTrend.tsx';
import { WhyPanel } from './WhyPanel.tsx';
import { LIFECYCLE_WORD, TEXTS } from './texts.ts';
import './monitor.css';

/** Readings are no facts, so nothing tells that new ones came, ms. */
const AGAIN_MS = 15_000;

/** One monitor: why, with which limit, what it said, and what it may become. */
export function MonitorScreen() {
  const { monitorId = '' }: { monitorId?: string } = useParams({ strict: false });
  const path = `/api/v1/monitor/${encodeURIComponent(monitorId)}`;
  const monitor = useQuery({
    ...reading<MonitorView>('monitor', path, monitorId),
    refetchInterval: AGAIN_MS,
  });
  const view = monitor.data;
  return (
    <>
      <PageHead
        question={view ? questionOf(view) : TEXTS.did}
        under={
          view
            ? `${view.name}. ${TEXTS.under(shortId(view.monitorId), view.version, LIFECYCLE_WORD[view.lifecycle])}`
            : null
        }
        tools={
          view ? (
            <>
              <Now view={view} />
              <Button component="a" href={`/monitor/${view.monitorId}/design`} variant="default">
                {TEXTS.design}
              </Button>
            </>
          ) : null
        }
      />
      <Answered query={monitor} rows={10}>
        {(found) => <Body key={found.monitorId} view={found} />}
      </Answered>
    </>
  );
}

function questionOf(view: MonitorView): string {
  if (view.lifecycle === 'retired') return TEXTS.retiredQuestion;
  return view.lifecycle === 'draft' || view.lifecycle === 'proposed' ? TEXTS.would : TEXTS.did;
}

function Now({ view }: { view: MonitorView }) {
  const crossed = isCrossed(view.reading.value, view.limit);
  return (
    <Value
      reading={readingShown(view.reading)}
      {...(view.limit ? { limit: { value: view.limit.value, crossed } } : {})}
    />
  );
}

function Body({ view }: { view: MonitorView }) {
  const { mayRun } = useRights();
  const [wish, setWish] = useState<Wish | null>(null);
  const mayChange = mayRun('monitor.change') && view.lifecycle !== 'retired';
  useAnchor();
  const open = mayChange ? () => setWish((before) => before ?? wishOf(view)) : null;
  return (
    <div className="monitor">
      <LineThread stops={stopsOf(view)} name="The line of this monitor" />
      <Panel className="monitor-sentence">
        <h2 className="unseen">{TEXTS.why}</h2>
        <MonitorSentence view={view} onChange={open} />
      </Panel>
      <div className="monitor-main">
        <div className="monitor-column">
          <MonitorTrend view={view} wish={wish} onWish={setWish} />
          {wish ? <ChangePanel view={view} wish={wish} onWish={setWish} /> : null}
        </div>
        <div className="monitor-column monitor-side">
          <AdvicePanel view={view} />
          <BacktestPanel view={view} wish={wish} />
          <GatePanel view={view} onChange={wish ? null : open} changing={wish !== null} />
        </div>
        <div className="monitor-column monitor-lists">
          <WhyPanel view={view} />
          <AlertsPanel view={view} />
          <CasesPanel view={view} />
          <VersionsPanel view={view} />
        </div>
      </div>
    </div>
  );
}

/** The nine stops; those after the monitor say how often the line came so far, and lead to it. */
function stopsOf(view: MonitorView): ThreadStop[] {
  const page = `/monitor/${view.monitorId}`;
  const came: Record<string, [number, string, string, string]> = {
    Alert: [view.alerts.length, 'alert', 'alerts', `${page}#alerts`],
    Notification: [view.cases.length, 'notification', 'notifications', `${page}#cases`],
    Order: [view.cases.filter((row) => row.orderId).length, 'order', 'orders', `${page}#cases`],
    Finding: [view.findings.length, 'finding', 'findings', `${page}#cases`],
    Money: [
      view.cases.filter((row) => row.amountMinor !== null).length,
      'case booked',
      'cases booked',
      '/outcome',
    ],
  };
  return threadOf(view.stops).map((stop) => {
    const [n = 0, one = '', many = '', href = ''] = came[stop.word] ?? [];
    return n === 0 ? stop : { ...stop, label: counted(n, one, many), href };
  });
}

/** The part that an address names (`#alerts`) comes into sight once it is drawn. */
function useAnchor(): void {
  useEffect(() => {
    const name = window.location.hash.slice(1);
    if (name) document.getElementById(name)?.scrollIntoView({ block: 'start' });
  }, []);
}
