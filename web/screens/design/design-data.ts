import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type {
  DesignAnswer,
  DesignChoices,
  MonitorView,
  ProfileStep,
  Series,
} from '../../../src/api/contract.ts';
import { type ProblemWords, wordsOf } from '../../data/refusal.ts';
import { request } from '../../data/request.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../format/time.ts';

export type Definition = MonitorView['definition'];
export type Condition = Definition['condition'];
export type Signal = DesignChoices['signals'][number];

/** Where nothing is known of a signal yet. */
export const NO_RANGE = { low: 0, high: 100 };

export interface Judged {
  answer: DesignAnswer | null;
  /** an answer is on its way */
  busy: boolean;
  problem: ProblemWords | null;
  /** from the move to the figures, ms */
  tookMs: number | null;
}

/** Readings are loaded with the first question; later ones take a moment. */
const TIMEOUT_MS = 30_000;

/**
 * Figures of a definition, and of another condition beside it. While an answer is on its way only the newest question
 * waits, so that a dragged limit is never behind by more than one.
 */
export function useJudged(
  monitorId: string,
  definition: Definition | null,
  beside: Condition | null,
  again: number,
): Judged {
  const [state, setState] = useState<Judged>({ answer: null, busy: false, problem: null, tookMs: null });
  const asked = useMemo(
    () =>
      definition
        ? JSON.stringify({ again, body: { monitorId, definition, ...(beside ? { beside } : {}) } })
        : null,
    [monitorId, definition, beside, again],
  );
  const wanted = useRef<string | null>(null);
  const running = useRef(false);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  useEffect(() => {
    wanted.current = asked;
    if (asked === null || running.current) return;
    running.current = true;
    void follow(wanted, gone, setState).finally(() => {
      running.current = false;
    });
  }, [asked]);
  return state;
}

async function follow(
  wanted: { current: string | null },
  gone: { current: boolean },
  tell: (change: (before: Judged) => Judged) => void,
): Promise<void> {
  for (let done: string | null = null; wanted.current !== null && wanted.current !== done; ) {
    done = wanted.current;
    const startedMs = performance.now();
    tell((before) => ({ ...before, busy: true }));
    try {
      const { body } = JSON.parse(done) as { body: unknown };
      const path = '/api/v1/monitor/design/judge';
      const answer = await request<DesignAnswer>('POST', path, { body, timeoutMs: TIMEOUT_MS });
      if (gone.current) return;
      tell(() => ({ answer, busy: false, problem: null, tookMs: performance.now() - startedMs }));
    } catch (thrown) {
      if (gone.current) return;
      tell((before) => ({ ...before, busy: false, problem: wordsOf(thrown) }));
    }
  }
}

/** Lowest and highest of so many stretches: about one a pixel. */
const POINTS = 1_200;

/** The readings that are judged; they rest while conditions change, and are asked again with another signal. */
export function usePicture(monitorId: string, definition: Definition) {
  const { signalId, condition } = definition;
  const { onlyWhile } = condition;
  return useQuery({
    queryKey: ['design', 'picture', signalId, onlyWhile?.signalId],
    queryFn: ({ signal }) =>
      request<Series>('POST', '/api/v1/monitor/design/picture', {
        body: { monitorId, definition, points: POINTS },
        signal,
        timeoutMs: TIMEOUT_MS,
      }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}

/** Limits in one profile, and how many are asked at once. */
const STEPS = 40;
const AT_ONCE = 8;

export interface Profile {
  steps: readonly ProfileStep[];
  low: number;
  high: number;
}

/** True, false and missed at limits across the range; comes in parts, and rests while only the limit moves. */
export function useProfile(
  monitorId: string,
  definition: Definition | null,
  range: { low: number; high: number } | null,
  again: number,
): Profile | null {
  const [profile, setProfile] = useState<Profile | null>(null);
  const ask = useMemo(() => {
    if (!definition || !range || definition.condition.kind !== 'limit') return null;
    // The profile is the same wherever the limit stands.
    const condition = { ...definition.condition, limit: 0 };
    return JSON.stringify({ monitorId, definition: { ...definition, condition }, range, again });
  }, [monitorId, definition, range, again]);
  useEffect(() => {
    if (ask === null) return;
    const mine = new AbortController();
    const { range: over, again: _, ...body } = JSON.parse(ask) as { range: typeof NO_RANGE; again: number };
    const limits = limitsOver(over.low, over.high);
    void (async () => {
      const steps: ProfileStep[] = [];
      for (let from = 0; from < limits.length; from += AT_ONCE) {
        const path = '/api/v1/monitor/design/profile';
        const part = { ...body, limits: limits.slice(from, from + AT_ONCE) };
        const options = { body: part, signal: mine.signal, timeoutMs: TIMEOUT_MS };
        steps.push(...(await request<ProfileStep[]>('POST', path, options)));
        if (!mine.signal.aborted) setProfile({ steps: [...steps], ...over });
      }
    })().catch(() => undefined);
    return () => mine.abort();
  }, [ask]);
  return ask === null ? null : profile;
}

function limitsOver(low: number, high: number): number[] {
  const step = (high - low) / STEPS;
  return Array.from({ length: STEPS }, (_, n) => Number((low + (n + 0.5) * step).toPrecision(6)));
}

/** A hundredth of the range, rounded down to 1, 2 or 5 times a power of ten. */
export function stepOf({ low, high }: { low: number; high: number }): number {
  const hundredth = (high - low || Math.abs(high) || 1) / 100;
  const power = 10 ** Math.floor(Math.log10(hundredth));
  const times = hundredth / power;
  return (times >= 5 ? 5 : times >= 2 ? 2 : 1) * power;
}

/** What a condition of another kind starts with: figures that its fields allow. */
export function conditionOfKind(
  kind: DesignChoices['kinds'][number],
  range: { low: number; high: number },
): Condition {
  const high = range.low + (range.high - range.low) * 0.9;
  const figure: Record<string, number> = {
    reading: round(high),
    band: round((range.high - range.low) * 0.02),
    slope: round((range.high - range.low) / 24),
    span: DAY_MS,
    count: 200,
    amount: kind.kind === 'usage' ? 500 : 3,
  };
  const fields = kind.fields
    .filter((field) => !field.optional)
    .map((field): [string, unknown] => {
      if (field.of === 'choice') return [field.key, field.choices?.[0]];
      if (field.of === 'text') return [field.key, `value > ${round(high)}`];
      if (field.of === 'signals') return [field.key, {}];
      if (field.key === 'deadband' && field.of === 'amount') return [field.key, 0.5];
      return [field.key, Math.max(figure[field.of] ?? 1, field.least ?? Number.NEGATIVE_INFINITY)];
    });
  const delays = kind.kind === 'stale' || kind.kind === 'usage' ? {} : { onDelayMs: 0, offDelayMs: 0 };
  return { kind: kind.kind, ...Object.fromEntries(fields), ...delays } as unknown as Condition;
}

export function round(value: number): number {
  return Number(value.toPrecision(3));
}

const QUIET_MS = DAY_MS;
const PROOF_MS = 3 * DAY_MS;
const MISSED = 3;

/** Where a new monitor on this signal starts; people and history move it from there. */
export function startOf(
  signal: Signal,
  failureModeId: string,
  range: { low: number; high: number },
): Definition {
  const { starting, usualIntervalMs } = signal;
  const limit = round(range.low + (range.high - range.low) * 0.9);
  const of = starting.deadbandOf === 'limit' ? Math.abs(limit) : range.high - range.low;
  const delayMs = starting.nOfM ? 0 : Math.max(starting.onDelayMs, 2 * usualIntervalMs);
  return {
    name: `${signal.name} of ${signal.assetName}`,
    failureModeId,
    signalId: signal.signalId,
    condition: {
      kind: 'limit',
      direction: 'high',
      limit,
      deadband: round(of * starting.deadbandShare),
      onDelayMs: delayMs,
      offDelayMs: delayMs,
      ...(starting.nOfM ? { nOfM: starting.nOfM } : {}),
    },
    limitSource: { text: 'set on the own history', grade: 'measured' },
    staleAfterMs: Math.max(MISSED * usualIntervalMs, 15 * MINUTE_MS),
    quietMs: QUIET_MS,
    proofMs: PROOF_MS,
    decision: null,
    response: null,
    owner: null,
    expectedWrongVisitsPerWeek: null,
  };
}

export const RESPONSE_START = {
  rung: 'walk-by',
  checkJobPlanId: null,
  repairJobPlanId: null,
  visitH: 0.5,
  withinMs: 48 * HOUR_MS,
} as const;

/** What the parts of the sentence share. */
export interface SentencePart {
  definition: Definition;
  choices: DesignChoices;
  unit: string;
  range: { low: number; high: number };
  onDefinition: (definition: Definition) => void;
  readOnly: boolean;
}
