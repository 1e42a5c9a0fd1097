import { useCallback, useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { BacktestAnswer, MonitorView } from '../../../src/api/contract.ts';
import { type ProblemWords, wordsOf } from '../../data/refusal.ts';
import { request } from '../../data/request.ts';

export interface BacktestRun {
  /** what the last run said; null before the first */
  answer: BacktestAnswer | null;
  busy: boolean;
  refusal: ProblemWords | null;
  start: (recordIt: boolean) => void;
  giveUp: () => void;
}

/** The server gives a run up after 15 s of gathering; beyond that nobody answers. */
const TIMEOUT_MS = 30_000;

/** Runs a version on its history in the server; hanging up gives the run up there. */
export function useBacktest(
  view: MonitorView,
  condition: MonitorView['definition']['condition'] | null,
): BacktestRun {
  const queries = useQueryClient();
  const [answer, setAnswer] = useState<BacktestAnswer | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ProblemWords | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const { monitorId } = view;
  const { version } = view.inWork;
  const run = useCallback(
    async (recordIt: boolean) => {
      const mine = new AbortController();
      running.current?.abort();
      running.current = mine;
      setBusy(true);
      setRefusal(null);
      try {
        const path = `/api/v1/monitor/${encodeURIComponent(monitorId)}/backtest`;
        const body = { version, recordIt, ...(condition ? { condition } : {}) };
        const said = await request<BacktestAnswer>('POST', path, {
          body,
          signal: mine.signal,
          timeoutMs: TIMEOUT_MS,
        });
        setAnswer(said);
        if (recordIt) await queries.invalidateQueries();
      } catch (thrown) {
        if (!mine.signal.aborted) setRefusal(wordsOf(thrown));
      } finally {
        if (running.current === mine) setBusy(false);
      }
    },
    [monitorId, version, condition, queries],
  );
  const start = useCallback((recordIt: boolean) => void run(recordIt), [run]);
  const giveUp = useCallback(() => running.current?.abort(), []);
  return { answer, busy, refusal, start, giveUp };
}
