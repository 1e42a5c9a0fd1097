// The gate: every question a monitor must answer before it may run (trial) or cause work (live), each with its mend.
import { kindOf } from '#vocabulary/conditions/all.ts';
import { conditionText } from '#vocabulary/conditions/say.ts';
import type { MonitorId } from '#vocabulary/ids.ts';
import type { RefusalItem } from '#vocabulary/refusal.ts';
import { changeItems, reviewItem } from './gate-agreement.ts';
import { evidenceItem, noiseItem, plannedWorkItem, signOffItem } from './gate-evidence.ts';
import { type GateFile, type GateItem, gateFile, graded, hours, item, known } from './gate-item.ts';
import { jobPlansOf } from './response-time.ts';
import type { MonitorState } from './state.ts';

/**
 * The ten answers of the trial door, met and unmet, in the order people give them.
 * @returns [] when the monitor or the version does not exist
 */
export function trialGate(state: MonitorState, monitorId: MonitorId, version: number): GateItem[] {
  const file = gateFile(state, monitorId, version, 0);
  if (!file) return [];
  const { definition, asset, mode, signal } = file;
  const { response } = definition;
  return [
    item(101, 'Asset', asset !== null, asset?.name, 'Say which asset it watches.', 'reliability engineer'),
    item(102, 'What fails', !!mode?.name, mode?.name, 'Say in words what fails.', 'technician'),
    item(
      103,
      "What an hour's stop costs",
      known(asset?.stopHourMinor),
      graded(asset?.stopHourMinor),
      "Give the value of an hour's stop of this asset; a band will do.",
      'production',
    ),
    item(
      104,
      'Signal or hand reading',
      signal !== null,
      signal?.name,
      'Name the signal.',
      'reliability engineer',
    ),
    limitItem(105, file),
    delayItem(106, file),
    item(
      107,
      'What to do',
      !!response?.firstAction.trim(),
      response?.firstAction,
      'Write the first action, a verb and an object.',
      'technician',
    ),
    item(108, 'Who goes', file.crew !== null, file.crew?.name, 'Name the crew that goes.', 'crew lead'),
    item(
      109,
      'Within how many days',
      response !== null && response.withinMs > 0,
      response ? `within ${hours(response.withinMs)}` : null,
      'Say how soon somebody goes.',
      'crew lead',
    ),
    item(110, 'Who answers for it', definition.owner !== null, definition.owner, 'Name one owner.', 'owner'),
  ];
}

/** A limit without a source is an opinion. */
function limitItem(number: number, file: GateFile): GateItem {
  const { limitSource } = file.definition;
  const text = limitText(file);
  const detail = limitSource ? `${text}, from ${limitSource.text} (${limitSource.grade})` : text;
  const mend = 'Say where the limit comes from.';
  return item(
    number,
    'Limit and its source',
    !!limitSource?.text.trim(),
    detail,
    mend,
    'reliability engineer',
  );
}

function limitText({ definition, signal }: GateFile): string {
  const { condition } = definition;
  return conditionText({ ...condition, onDelayMs: 0 }, signal?.unit ?? '');
}

/** A bare limit chatters: the time that passes before anybody is told is part of the answer. */
function delayItem(number: number, { definition }: GateFile): GateItem {
  const { condition } = definition;
  const { onDelayMs = 0, offDelayMs = 0, nOfM } = condition;
  const lagMs = kindOf(condition).lagMs(condition);
  const met = lagMs > 0 || onDelayMs > 0 || offDelayMs > 0 || nOfM !== undefined;
  const counted = nOfM ? `${nOfM.n} of ${nOfM.m} readings, ` : '';
  const seen = lagMs > 0 ? `seen after ${hours(lagMs)}, ` : '';
  const detail = `${counted}${seen}on after ${hours(onDelayMs)}, off after ${hours(offDelayMs)}`;
  const mend = 'Set an on-delay, or an off-delay where a brief excursion already needs action.';
  return item(number, 'Delay', met, detail, mend, 'reliability engineer');
}

/**
 * The whole gate for a version at plant time `nowMs`, met and unmet.
 * @returns [] when the monitor or the version does not exist
 */
export function liveGate(
  state: MonitorState,
  monitorId: MonitorId,
  version: number,
  nowMs: number,
): GateItem[] {
  const file = gateFile(state, monitorId, version, nowMs);
  if (!file) return [];
  return [
    ...objectiveItems(file),
    ...machineItems(file),
    ...responseItems(file),
    plannedWorkItem(214, file),
    evidenceItem(215, file),
    signOffItem(216, file),
    noiseItem(217, file),
    reviewItem(220, file),
    ...changeItems(file),
  ];
}

function objectiveItems({ objective, asset }: GateFile): GateItem[] {
  const { baseline, target, valuePerUnitMinor, accountable } = objective ?? {};
  const moved = known(target) && (!known(baseline) || target !== baseline.value);
  const kpi = objective ? `${objective.name}: ${objective.kpi}, ${objective.unit}` : null;
  const named = !!objective?.kpi.trim() && !!objective.unit.trim();
  return [
    item(
      201,
      'Objective with a KPI',
      named,
      kpi,
      'Tie the failure mode to an objective with a KPI.',
      'owner',
    ),
    item(
      202,
      'Baseline',
      known(baseline),
      graded(baseline),
      'Say where the KPI stands today, and how that is known.',
      'reliability engineer',
    ),
    item(
      203,
      'Target',
      moved,
      !known(target) ? null : String(target),
      'Say what the KPI shall become; a target equal to the baseline changes nothing.',
      'owner',
    ),
    item(
      204,
      'Value per unit',
      known(valuePerUnitMinor),
      graded(valuePerUnitMinor),
      'Have finance say what one unit is worth.',
      'finance',
    ),
    item(
      205,
      'One accountable person',
      known(accountable),
      accountable,
      'Name exactly one person who is accountable for the objective.',
      'owner',
    ),
    item(
      218,
      "Value of an hour's stop",
      known(asset?.stopHourMinor),
      graded(asset?.stopHourMinor),
      "Give the value of an hour's stop of this asset.",
      'finance',
    ),
  ];
}

function machineItems({ signal, criticality, mode }: GateFile): GateItem[] {
  const kept = known(signal?.sensorKeeper) && known(signal.gatewayKeeper);
  const keepers = signal
    ? `sensor ${signal.sensorKeeper ?? 'nobody'}, gateway ${signal.gatewayKeeper ?? 'nobody'}`
    : null;
  const consequence = mode?.consequence ?? null;
  const sized =
    consequence !== null &&
    (consequence.kind === 'production'
      ? consequence.stopH !== null
      : consequence.kind !== 'cost' ||
        consequence.repairMinor !== null ||
        consequence.secondaryMinor !== null);
  return [
    item(206, 'Keeper of sensor and gateway', kept, keepers, 'Name who keeps both alive.', 'crew lead'),
    item(
      207,
      'Criticality assessed',
      criticality !== null,
      criticality ? `class ${criticality.class}` : null,
      'Assess the asset: consequence by kind, and likelihood.',
      'reliability engineer',
    ),
    item(
      208,
      'P-F interval',
      known(mode?.pfMinMs),
      mode?.pfMinMs ? `${hours(mode.pfMinMs.value)} at least, ${gradeWord(mode.pfMinMs.grade)}` : null,
      'Say how long the fault can be seen before the failure, at the shortest.',
      'reliability engineer',
    ),
    item(
      209,
      'Consequence',
      sized,
      consequence?.kind,
      'Say what the failure endangers, and for production the hours of stop, for cost the money.',
      'production',
    ),
  ];
}

function gradeWord(grade: string): string {
  return grade === 'assumed' ? 'assumed: no automation, no accepted money' : grade;
}

function responseItems(file: GateFile): GateItem[] {
  const { state, definition, crew } = file;
  const { response, limitSource, decision, owner } = definition;
  const plans = jobPlansOf(state, definition);
  const repairs = response?.rung === 'repair' || response?.rung === 'intrusive check';
  const planned = plans.length > 0 && (!repairs || known(response?.repairJobPlanId));
  const jobs = plans
    .map((plan) => `${plan.name} (${plan.craft}, ${plan.durationH * plan.people} h)`)
    .join('; ');
  return [
    item(
      210,
      'Decision it improves',
      !!decision?.trim(),
      decision,
      'Say what somebody will do differently.',
      'owner',
    ),
    item(
      211,
      'Response',
      !!response?.firstAction.trim() && crew !== null && response.withinMs > 0,
      response ? `${response.rung}: ${response.firstAction}, within ${hours(response.withinMs)}` : null,
      'Name the first rung, the action, the crew and how soon it goes.',
      'technician',
    ),
    item(
      212,
      'Job plan, craft, hours',
      planned,
      jobs === '' ? null : jobs,
      'Name the job plan of the check, or of the repair where the first rung opens the machine.',
      'planner',
    ),
    item(
      213,
      'Limit with a source',
      !!limitSource?.text.trim(),
      limitSource
        ? `${limitText(file)}, from ${limitSource.text} (${gradeWord(limitSource.grade)})`
        : limitText(file),
      'Say where the limit comes from: standard, maker, history, or a person.',
      'reliability engineer',
    ),
    item(219, 'Who answers for the result', owner !== null, owner, 'Name one owner of the monitor.', 'owner'),
  ];
}

/** How far a monitor is: `9 of 10`. */
export function gateCount(items: readonly GateItem[]): { met: number; of: number } {
  return { met: items.filter((one) => one.met).length, of: items.length };
}

/** What is missing, in the words of a refusal. */
export function missing(items: readonly GateItem[]): RefusalItem[] {
  return items
    .filter((one) => !one.met)
    .map(({ code, title, detail, mend }) => ({ code, message: `${title}: ${detail}.`, mend }));
}
