import { noiseH } from '#alert/state.ts';
import { makesWork } from '#monitor/lifecycle.ts';
import { expectedWaste, isGuarded, visitLimits } from '#monitor/noise-budget.ts';
import type { Lifecycle } from '#monitor/events.ts';
import { monitorRecord, poolsOf } from '#outcome/monitor-record.ts';
import type { Crew } from '#strategy/events.ts';
import { noiseBudget } from '#vocabulary/noise.ts';
import { WEEK_MS } from '#vocabulary/time.ts';
import type { Look } from './look.ts';

/** A monitor that a crew's budget carries. */
export interface NoiseRow {
  monitorId: string;
  name: string;
  lifecycle: Lifecycle;
  /** charged at activation, and lost within the last two weeks, h */
  plannedHPerWeek: number;
  lostH: number;
  stated: number;
  judged: number;
  /** upper bound of its precision; null before the first finding */
  high: number | null;
  target: number;
  /** a budget neither refuses nor moves it: its owner decides */
  guarded: boolean;
}

/** What may a crew waste, what has it wasted, and on what? */
export interface NoiseView {
  crewId: string;
  crewName: string;
  presentHPerWeek: number;
  walkH: number;
  budgetH: number;
  /** planned by the live monitors, a week */
  plannedH: number;
  thisWeekH: number;
  lastWeekH: number;
  overTwoWeeks: boolean;
  walksPerWeek: number;
  maxWalksPerWeek: number;
  deskLooksPerWeek: number;
  maxDeskLooksPerWeek: number;
  monitors: NoiseRow[];
}

/** Budgets of all crews; no figure in it is about a person. */
export function noiseViews(look: Look): NoiseView[] {
  const pools = poolsOf(look.state.outcome);
  return [...look.state.strategy.crews.values()].map((crew) => noiseView(look, crew, pools));
}

function noiseView({ state, nowMs }: Look, crew: Crew, pools: ReturnType<typeof poolsOf>): NoiseView {
  const { walkH, noiseH: budgetH } = noiseBudget(crew);
  const limits = visitLimits(state.monitor, crew.crewId);
  const monitors: NoiseRow[] = [];
  let walksPerWeek = 0;
  let deskLooksPerWeek = 0;
  for (const monitor of state.monitor.monitors.values()) {
    const version = monitor.versions.get(monitor.inEffect ?? 0);
    if (!version || !makesWork(monitor) || monitor.charged?.crewId !== crew.crewId) continue;
    const { definition, backtest } = version;
    const record = monitorRecord(state.outcome, monitor.monitorId, nowMs, pools);
    const calls = backtest?.notificationsPerWeek ?? expectedWaste(definition, null)?.visitsPerWeek ?? 0;
    if (definition.response?.rung === 'desk look') deskLooksPerWeek += calls;
    else walksPerWeek += calls;
    monitors.push({
      monitorId: monitor.monitorId,
      name: definition.name,
      lifecycle: monitor.lifecycle,
      plannedHPerWeek: monitor.charged.wastedHPerWeek,
      lostH: state.outcome.lost
        .filter((one) => one.monitorId === monitor.monitorId && one.atMs > nowMs - 2 * WEEK_MS)
        .reduce((sum, one) => sum + one.hours, 0),
      stated: record?.stated ?? 0,
      judged: record?.judged ?? 0,
      high: record && record.judged > 0 ? record.interval.high : null,
      target: record?.target ?? 0,
      guarded: isGuarded(state.monitor, definition),
    });
  }
  const thisWeekH = noiseH(state.alert, crew.crewId, nowMs - WEEK_MS, nowMs + 1);
  const lastWeekH = noiseH(state.alert, crew.crewId, nowMs - 2 * WEEK_MS, nowMs - WEEK_MS);
  return {
    crewId: crew.crewId,
    crewName: crew.name,
    presentHPerWeek: crew.presentHPerWeek,
    walkH,
    budgetH,
    plannedH: monitors.reduce((sum, one) => sum + one.plannedHPerWeek, 0),
    thisWeekH,
    lastWeekH,
    overTwoWeeks: thisWeekH > budgetH && lastWeekH > budgetH,
    walksPerWeek,
    maxWalksPerWeek: limits.walks,
    deskLooksPerWeek,
    maxDeskLooksPerWeek: limits.deskLooks,
    monitors: monitors.sort((a, b) => b.lostH - a.lostH || b.plannedHPerWeek - a.plannedHPerWeek),
  };
}
