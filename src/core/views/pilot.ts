import { isFalse, isTrue } from '#work/events.ts';
import { isMet } from '#strategy/charter.ts';
import type { CharterMeasure, CharterResult, GoNumber } from '#strategy/charter-events.ts';
import { type DataAccess, MIN_VOTES_SHOWN, type PilotCandidate, rankPilots } from '#strategy/pilot.ts';
import type { CharterRecord } from '#strategy/state.ts';
import type { CriticalityClass } from '#strategy/events.ts';
import type { AssetId, FailureModeId } from '#vocabulary/ids.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { lastFinding } from '#work/state.ts';
import type { SiteState } from '../flow.ts';
import { feasibilityWords, type ModeSheet, watchedTiming } from './asset-sheet.ts';
import { type Look, type Viewer, versionShown } from './look.ts';

export interface PilotRow extends Omit<PilotCandidate, 'feasibility' | 'votes'> {
  assetName: string;
  name: string;
  criticality: CriticalityClass | null;
  firstAnswer: boolean;
  feasibility: ModeSheet['feasibility'];
  votes: {
    cast: number;
    /** null under three votes: the count would tell who voted how */
    willing: number | null;
    /** what the person asking voted; null when not yet */
    mine: boolean | null;
  };
  charterId: string | null;
}

/** With which failure mode shall we begin? */
export interface PilotListView {
  rows: PilotRow[];
  rejected: PilotRow[];
  fewestVotesShown: number;
}

export function pilotList(look: Look, viewer: Viewer): PilotListView {
  const { strategy } = look.state;
  const timing = watchedTiming(look.state);
  const rows = rankPilots(strategy, { access: accessOf(look.state), timing }).map((one): PilotRow => {
    const mode = strategy.failureModes.get(one.failureModeId);
    const scored = strategy.criticality.get(one.assetId);
    const cast = one.votes.willing + one.votes.unwilling;
    const charter = [...strategy.charters.values()].findLast(
      (record) => record.charter.failureModeId === one.failureModeId,
    );
    return {
      ...one,
      assetName: strategy.assets.get(one.assetId)?.name ?? '',
      name: mode?.name ?? '',
      criticality: scored?.class ?? null,
      firstAnswer: scored?.basis === 'first answer',
      feasibility: feasibilityWords({
        pfMinMs: mode?.pfMinMs ?? null,
        timing: mode?.timing ?? timing.get(one.failureModeId) ?? null,
      }),
      votes: {
        cast,
        willing: cast < MIN_VOTES_SHOWN ? null : one.votes.willing,
        mine: strategy.pilotVotes.get(one.failureModeId)?.get(viewer.personId) ?? null,
      },
      charterId: charter?.charter.charterId ?? null,
    };
  });
  return {
    rows: rows.filter((row) => row.rejected.length === 0),
    rejected: rows.filter((row) => row.rejected.length > 0),
    fewestVotesShown: MIN_VOTES_SHOWN,
  };
}

/** How each asset can be read: a monitor watches it, a device sends, somebody walks by, or nothing. */
function accessOf(state: SiteState): Map<AssetId, DataAccess> {
  const access = new Map<AssetId, DataAccess>();
  const claimed = new Set([...state.acquire.claims.values()].map((claim) => claim.signalId));
  for (const { signalId, assetId } of state.monitor.signals.values()) {
    const hand = state.acquire.handSignals.has(signalId);
    const word: DataAccess = hand ? 'hand reading' : claimed.has(signalId) ? 'watched' : 'signal';
    const known = access.get(assetId);
    if (known === undefined || ORDER.indexOf(word) < ORDER.indexOf(known)) access.set(assetId, word);
  }
  return access;
}

const ORDER: readonly DataAccess[] = ['watched', 'signal', 'hand reading', 'none'];

export interface CharterView {
  charterId: string;
  version: number;
  assetId: string;
  assetName: string;
  failureMode: string;
  charter: CharterRecord['charter'];
  crews: { crewId: string; name: string; hPerWeek: number }[];
  writtenAtMs: number;
  signatures: CharterRecord['signatures'];
  /** agreed and result side by side, as of now or as it was decided */
  results: CharterResult[];
  checked: CharterRecord['checked'];
  maySignAs: ('owner' | 'finance')[];
  mayCheck: boolean;
}

/** @returns null when there is no such charter */
export function charterView(look: Look, charterId: string, viewer: Viewer): CharterView | null {
  const { strategy } = look.state;
  const record = strategy.charters.get(charterId);
  if (!record) return null;
  const { charter, signatures, checked } = record;
  const mode = strategy.failureModes.get(charter.failureModeId);
  const asset = strategy.assets.get(mode?.assetId ?? '');
  const signed = new Set(signatures.map((one) => one.as));
  const mine = signatures.some((one) => one.by === viewer.personId);
  const maySignAs: CharterView['maySignAs'] = [];
  if (!mine && !signed.has('owner') && charter.owner === viewer.personId) maySignAs.push('owner');
  if (!mine && !signed.has('finance') && viewer.roles.includes('finance')) maySignAs.push('finance');
  const decides = viewer.roles.includes('owner') || viewer.roles.includes('reliability engineer');
  return {
    charterId,
    version: charter.version,
    assetId: asset?.assetId ?? '',
    assetName: asset?.name ?? '',
    failureMode: mode?.name ?? '',
    charter,
    crews: charter.crews.map(({ crewId, hPerWeek }) => ({
      crewId,
      hPerWeek,
      name: strategy.crews.get(crewId)?.name ?? crewId,
    })),
    writtenAtMs: record.writtenAtMs,
    signatures,
    results:
      checked?.results ?? charterResults(look, charter.failureModeId, charter.goNumbers, record.writtenAtMs),
    checked,
    maySignAs,
    mayCheck: decides && !checked && signed.size === 2 && look.nowMs >= charter.decideOnMs,
  };
}

/** Agreed numbers with what later stages say of them since the charter was written. */
export function charterResults(
  look: Look,
  failureModeId: FailureModeId,
  numbers: readonly GoNumber[],
  sinceMs: number,
): CharterResult[] {
  return numbers.map((one) => {
    const result = resultOf(look, failureModeId, one.measure, sinceMs);
    return { ...one, result, met: isMet(one, result) };
  });
}

function resultOf(
  look: Look,
  failureModeId: FailureModeId,
  measure: CharterMeasure,
  sinceMs: number,
): number | null {
  const { state, nowMs } = look;
  const mine = [...state.monitor.monitors.keys()].filter(
    (id) => versionShown(state, id)?.definition.failureModeId === failureModeId,
  );
  const entries = [...state.outcome.entries.values()].filter(
    (entry) => mine.includes(entry.monitorId) && entry.bookedAtMs >= sinceMs,
  );
  let stated = 0;
  let wrong = 0;
  let wastedH = 0;
  for (const work of state.work.cases.values()) {
    const last = lastFinding(work);
    if (!last || last.givenAtMs < sinceMs || !mine.includes(last.monitorId)) continue;
    if (isTrue(last.finding)) stated++;
    if (!isFalse(last.finding)) continue;
    wrong++;
    wastedH += visitHoursOf(state, last.monitorId);
  }
  const judged = stated + wrong;
  switch (measure) {
    case 'confirmed findings':
      return stated;
    case 'verified precision':
      return judged === 0 ? null : stated / judged;
    case 'wasted hours a week': {
      const weeks = Math.max(1, (nowMs - sinceMs) / (7 * DAY_MS));
      return judged === 0 ? null : Math.round((wastedH / weeks) * 100) / 100;
    }
    case 'accepted money':
      return entries
        .filter((entry) => entry.status === 'accepted')
        .reduce((sum, entry) => sum + entry.amountMinor, 0);
    default:
      return null;
  }
}

/** What one visit of a monitor costs, h. */
function visitHoursOf(state: SiteState, monitorId: string): number {
  return versionShown(state, monitorId)?.definition.response?.visitH ?? 0;
}
