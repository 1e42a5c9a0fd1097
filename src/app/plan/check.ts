// Says before a plan is loaded what its own rules will refuse: the stages decide its commands in memory.
import { decide, initialState, type SiteState, settle } from '#core/flow.ts';
import { liveGate } from '#monitor/gate.ts';
import { noiseBudget } from '#vocabulary/noise.ts';
import type { MonitorState } from '#monitor/state.ts';
import { kpis } from '#outcome/kpi/all.ts';
import type { PlanDocument, PlanFinding, PlanRead } from '#ports/plan-file.ts';
import { MAX_A_SHARE, shareOfA } from '#strategy/criticality.ts';
import type { Command } from '#vocabulary/command.ts';
import { namedId } from '#vocabulary/ids.ts';
import { nearest } from '#vocabulary/nearest.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { goLiveSteps, type PlanStep, planSteps } from './steps.ts';

/** Questions of the gate that only a backtest on real readings can answer. */
const NEEDS_READINGS = new Set(['E-GATE-215', 'E-GATE-217']);
interface Finding {
  path: string;
  code: string;
  message: string;
  mend: string;
}

/**
 * Findings beyond the shape of the file: what the stages refuse, what the gate still asks of monitors that shall be
 * live, and what the noise budget will not bear. Errors have codes `E-`, warnings `W-`.
 * @param nowMs plant time to judge at
 */
export function checkPlan(plan: PlanDocument, nowMs: number): Finding[] {
  const { site } = plan;
  const state = initialState(site);
  const findings = tryAll(state, planSteps(plan, site), nowMs);
  const signing = goLiveSteps(plan, site).filter(({ command }) => {
    const { monitorId } = command.data as { monitorId: string };
    return command.type !== 'monitor.activate' && state.monitor.monitors.has(monitorId);
  });
  findings.push(...tryAll(state, signing, nowMs));
  findings.push(...gateFindings(plan, state.monitor, nowMs), ...budgetWarnings(plan));
  findings.push(...kpiWarnings(plan), ...warnings(plan));
  return findings;
}

/** Adds what the stages say to what the reader found. */
export function checkedPlan(
  read: PlanRead,
  file: string,
  nowMs: number,
): { ok: boolean; findings: PlanFinding[] } {
  if (!read.plan) return { ok: read.ok, findings: read.findings };
  const findings = checkPlan(read.plan, nowMs).map(({ path, code, message, mend }): PlanFinding => {
    const { line, column } = placeOf(read, path);
    return { file, line, column, code, message, mend };
  });
  findings.sort((a, b) => a.line - b.line || a.column - b.column);
  return { ok: !findings.some((finding) => finding.code.startsWith('E-')), findings };
}

function placeOf(read: PlanRead, path: string): { line: number; column: number } {
  const parts = path.split('.');
  for (let n = parts.length; n > 0; n--) {
    const position = read.positions.get(parts.slice(0, n).join('.'));
    if (position) return position;
  }
  return { line: 1, column: 1 };
}

function tryAll(state: SiteState, steps: PlanStep[], nowMs: number): Finding[] {
  const findings: Finding[] = [];
  for (const { command, path } of steps) {
    const refusal = tryOne(state, command, nowMs);
    if (!refusal) continue;
    const items = refusal.items.length > 0 ? refusal.items : [refusal];
    for (const { code, message, mend } of items) findings.push({ path, code, message, mend });
  }
  return findings;
}

/** Decides a command as the running plant would, and folds what follows, so that the next command finds it. */
function tryOne(state: SiteState, command: Command, nowMs: number): Refusal | null {
  const { id: causeId, actor } = command;
  const decision = decide(state, command, { site: state.site, nowMs, actor });
  if (isRefusal(decision)) return decision;
  settle(state, decision, { causeId, intakeSeq: 0, nowMs, actor });
  return null;
}

function gateFindings(plan: PlanDocument, state: MonitorState, nowMs: number): Finding[] {
  const findings: Finding[] = [];
  plan.monitors.forEach(({ monitorId, wanted }, i) => {
    if (wanted !== 'live') return;
    const path = `monitors.${i}`;
    for (const item of liveGate(state, namedId(plan.site, monitorId), 1, nowMs)) {
      if (NEEDS_READINGS.has(item.code)) continue;
      if (!item.met) {
        const message = `${item.title}: ${item.detail}.`;
        findings.push({ path, code: item.code, message, mend: `${item.mend} (${item.who})` });
      } else if (item.detail.includes('assumed:')) {
        const mend = `Have a named person estimate it, or measure it (${item.who}).`;
        findings.push({ path, code: 'W-PLAN-020', message: `${item.title}: ${item.detail}.`, mend });
      }
    }
  });
  return findings;
}

/** Arithmetic of domain reference 1.3 on the plan's own estimates; a backtest replaces them at activation. */
function budgetWarnings(plan: PlanDocument): Finding[] {
  const findings: Finding[] = [];
  plan.crews.forEach((crew, i) => {
    const wasted = plan.monitors
      .filter(({ wanted, definition }) => wanted === 'live' && definition.response?.crewId === crew.crewId)
      .reduce((sum, { definition }) => {
        const visits = definition.expectedWrongVisitsPerWeek?.value ?? 0;
        return sum + visits * (definition.response?.visitH ?? 0);
      }, 0);
    const { noiseH } = noiseBudget(crew);
    if (wasted <= noiseH) return;
    findings.push({
      path: `crews.${i}`,
      code: 'W-PLAN-021',
      message: `The live monitors of ${crew.name} are expected to waste ${wasted.toFixed(2)} h a week; its noise budget is ${noiseH.toFixed(2)} h.`,
      mend: 'Make monitors more precise, leave the noisiest on trial, or give the crew more walking hours.',
    });
  });
  return findings;
}

/** An objective measured by a word of its own is kept, but no figure of the plant is ever computed for it. */
function kpiWarnings(plan: PlanDocument): Finding[] {
  const words = kpis.map((kpi) => kpi.word);
  return plan.objectives.flatMap(({ name, kpi }, i): Finding[] => {
    if (words.includes(kpi)) return [];
    const guess = nearest(kpi, words);
    return [
      {
        path: `objectives.${i}.kpi`,
        code: 'W-PLAN-024',
        message: `${name} is measured by "${kpi}", which is no KPI known here.`,
        mend: guess ? `Did you mean "${guess}"?` : `Known are: ${words.join(', ')}.`,
      },
    ];
  });
}

function warnings(plan: PlanDocument): Finding[] {
  const findings: Finding[] = [];
  const assessed = plan.criticality.filter((one) => one !== null);
  const share = shareOfA(assessed);
  if (share !== null && share > MAX_A_SHARE) {
    findings.push({
      path: 'assets',
      code: 'W-PLAN-022',
      message: `${Math.round(share * 100)} % of the assessed assets are class A; the scoring does not tell them apart.`,
      mend: 'Score again: a usual plant has 10 to 20 % A.',
    });
  }
  plan.monitors.forEach(({ definition: { condition } }, i) => {
    if (condition.kind !== 'limit' || condition.deadband > 0) return;
    findings.push({
      path: `monitors.${i}.condition`,
      code: 'W-PLAN-023',
      message: 'The limit has no deadband: a reading that lies on it sets and clears it again and again.',
      mend: 'Set a deadband, for a start one hundredth of the span for temperature, two for pressure, five for flow.',
    });
  });
  return findings;
}
