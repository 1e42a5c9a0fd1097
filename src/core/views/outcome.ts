import type { Calculation, EntryStatus, Ledger } from '#outcome/events.ts';
import type { Grade } from '#vocabulary/grade.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import { monitorRecord, poolsOf } from '#outcome/monitor-record.ts';
import type { Entry } from '#outcome/state.ts';
import type { Objective } from '#strategy/events.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import type { Evidence, Finding } from '#work/events.ts';
import type { SiteState } from '../flow.ts';
import { mayAccept, mayVerify } from './duties.ts';
import { type Look, type Viewer, versionShown } from './look.ts';
import { objectiveNow } from './objective-now.ts';
import { caseTitle } from './rows.ts';

export interface EntryView {
  entryId: string;
  ledger: Ledger;
  caseId: string;
  monitorId: string;
  title: string;
  amountMinor: number;
  status: EntryStatus;
  statusBy: PersonId | null;
  reason: string | null;
  finding: Finding;
  evidence: Evidence;
  grade: Grade;
  bookedAtMs: number;
  calculation: Calculation;
  mayAccept: boolean;
  mayVerify: boolean;
}

export interface LedgerView {
  ledger: Ledger;
  acceptedMinor: number;
  verifiedMinor: number;
  estimatedMinor: number;
  entries: EntryView[];
}

export interface MonitorResult {
  monitorId: string;
  name: string;
  stated: number;
  judged: number;
  /** Wilson 95 %; null with no finding yet */
  low: number | null;
  high: number | null;
  visitsH: number;
  avoidedMinor: number;
  savedMinor: number;
  proposal: string;
  because: string;
}

export interface ObjectiveResult {
  objectiveId: string;
  name: string;
  unit: string;
  accountable: PersonId | null;
  baseline: number | null;
  target: number | null;
  /** from orders that went through here, a part of the plant's figure; null where they cannot say it */
  now: number | null;
  dueMs: number | null;
  /** what `now` rests on and what is not in it, or what is missing */
  words: string;
}

/** What did it bring? Two ledgers, never added up. */
export interface OutcomeView {
  nowMs: number;
  fromMs: number;
  objectives: ObjectiveResult[];
  avoidance: LedgerView;
  savings: LedgerView;
  monitors: MonitorResult[];
}

/** @param days the period that money and findings are shown for */
export function outcomeView(look: Look, days: number, viewer: Viewer): OutcomeView {
  const { state, nowMs } = look;
  const fromMs = nowMs - days * DAY_MS;
  const entries = [...state.outcome.entries.values()]
    .filter((entry) => entry.bookedAtMs >= fromMs)
    .sort((a, b) => b.bookedAtMs - a.bookedAtMs)
    .map((entry) => entryView(state, entry, viewer));
  return {
    nowMs,
    fromMs,
    objectives: [...state.strategy.objectives.values()].map((objective) =>
      objectiveResult(look, objective, fromMs),
    ),
    avoidance: ledgerView('avoidance', entries),
    savings: ledgerView('savings', entries),
    monitors: monitorResults(look),
  };
}

function ledgerView(ledger: Ledger, all: readonly EntryView[]): LedgerView {
  const entries = all.filter((entry) => entry.ledger === ledger);
  const sum = (status: EntryStatus): number =>
    entries.filter((entry) => entry.status === status).reduce((total, entry) => total + entry.amountMinor, 0);
  return {
    ledger,
    acceptedMinor: sum('accepted'),
    verifiedMinor: sum('verified'),
    estimatedMinor: sum('estimated'),
    entries,
  };
}

function entryView(state: SiteState, entry: Entry, viewer: Viewer): EntryView {
  const work = state.work.cases.get(entry.caseId);
  const { entryId, ledger, caseId, monitorId, amountMinor, status } = entry;
  const { finding, evidence, grade, bookedAtMs, calculation } = entry;
  return {
    entryId,
    ledger,
    caseId,
    monitorId,
    title: work ? caseTitle(state, work) : '',
    amountMinor,
    status,
    statusBy: entry.decidedBy ?? entry.verifiedBy,
    reason: entry.rejectedBecause,
    finding,
    evidence,
    grade,
    bookedAtMs,
    calculation,
    mayAccept: mayAccept(entry, viewer),
    mayVerify: mayVerify(entry, viewer),
  };
}

function monitorResults(look: Look): MonitorResult[] {
  const { state, nowMs } = look;
  const results: MonitorResult[] = [];
  const pools = poolsOf(state.outcome);
  for (const monitorId of state.monitor.monitors.keys()) {
    const record = monitorRecord(state.outcome, monitorId, nowMs, pools);
    const version = versionShown(state, monitorId);
    if (!record || !version) continue;
    results.push({
      monitorId,
      name: version.definition.name,
      stated: record.stated,
      judged: record.judged,
      low: record.judged > 0 ? record.interval.low : null,
      high: record.judged > 0 ? record.interval.high : null,
      visitsH: record.visitH,
      avoidedMinor: record.creditMinor,
      savedMinor: record.debitMinor,
      proposal: state.detect.blind.has(monitorId) ? 'repair' : record.proposal.what,
      because: state.detect.blind.has(monitorId) ? 'no valid signal' : record.proposal.because,
    });
  }
  return results.sort((a, b) => b.avoidedMinor + b.savedMinor - (a.avoidedMinor + a.savedMinor));
}

function objectiveResult(look: Look, objective: Objective, fromMs: number): ObjectiveResult {
  const { now, words } = objectiveNow(look, objective, fromMs);
  return {
    objectiveId: objective.objectiveId,
    name: objective.name,
    unit: objective.unit,
    accountable: objective.accountable,
    baseline: objective.baseline?.value ?? null,
    target: objective.target,
    now,
    dueMs: objective.dueMs,
    words,
  };
}
