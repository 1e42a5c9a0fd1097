import { WORDS_UNIT } from '#acquire/hand.ts';
import type { LossEstimate } from '#strategy/events.ts';
import type { Graded } from '#vocabulary/grade.ts';
import { type Gap, MAX_GAPS, strategyGaps } from './gaps.ts';
import { handReading } from './hand.ts';
import { type Look, versionShown } from './look.ts';

/** Machines that hurt: more than these hide the worst. */
export const WANTED_MACHINES = 5;

export interface StartMachine {
  assetId: string;
  name: string;
  equipmentClass: string;
  loss: LossEstimate | null;
  stopHour: Graded | null;
  /** yearly loss from memory, minor units; null while nothing is said */
  lossMinorPerYear: number | null;
  criticality: string | null;
  firstAnswer: boolean;
  failureModes: { failureModeId: string; name: string }[];
  signals: { signalId: string; name: string; unit: string; hand: boolean }[];
  monitors: { monitorId: string; name: string; lifecycle: string }[];
}

export interface StartStep {
  word: 'plant' | 'machines' | 'choose' | 'answers' | 'trial' | 'label';
  done: boolean;
  detail: string;
}

/** From an empty page to the first monitor on trial; what was skipped stays as a gap. */
export interface StartView {
  nowMs: number;
  plantDescribed: boolean;
  wordsUnit: string;
  steps: StartStep[];
  machines: StartMachine[];
  crews: { crewId: string; name: string }[];
  gaps: Gap[];
  gapsLeft: number;
}

export function startView(look: Look): StartView {
  const { strategy } = look.state;
  const machines = [...strategy.assets.values()].map((asset) => machineOf(look, asset.assetId));
  const gaps = strategyGaps(look);
  return {
    nowMs: look.nowMs,
    plantDescribed: strategy.plant !== null,
    wordsUnit: WORDS_UNIT,
    steps: stepsOf(look, machines),
    machines: machines.toSorted((a, b) => (b.lossMinorPerYear ?? -1) - (a.lossMinorPerYear ?? -1)),
    crews: [...strategy.crews.values()].map(({ crewId, name }) => ({ crewId, name })),
    gaps: gaps.slice(0, MAX_GAPS),
    gapsLeft: Math.max(0, gaps.length - MAX_GAPS),
  };
}

function machineOf(look: Look, assetId: string): StartMachine {
  const { strategy, monitor, acquire } = look.state;
  const asset = strategy.assets.get(assetId);
  const loss = strategy.losses.get(assetId) ?? null;
  const scored = strategy.criticality.get(assetId);
  const modes = [...strategy.failureModes.values()].filter((mode) => mode.assetId === assetId);
  const own = new Set(modes.map((mode) => mode.failureModeId));
  const hours = loss?.hoursPerYear?.value ?? 0;
  const minor = Math.round(hours * (asset?.stopHourMinor?.value ?? 0)) + (loss?.costMinorPerYear?.value ?? 0);
  return {
    assetId,
    name: asset?.name ?? '',
    equipmentClass: asset?.equipmentClass ?? '',
    loss,
    stopHour: asset?.stopHourMinor ?? null,
    lossMinorPerYear: loss && minor > 0 ? minor : null,
    criticality: scored?.class ?? null,
    firstAnswer: scored?.basis === 'first answer',
    failureModes: modes.map(({ failureModeId, name }) => ({ failureModeId, name })),
    signals: [...monitor.signals.values()]
      .filter((signal) => signal.assetId === assetId)
      .map(({ signalId, name, unit }) => ({ signalId, name, unit, hand: acquire.handSignals.has(signalId) })),
    monitors: [...monitor.monitors.values()].flatMap(({ monitorId, lifecycle }) => {
      const definition = versionShown(look.state, monitorId)?.definition;
      if (!definition || !own.has(definition.failureModeId) || lifecycle === 'retired') return [];
      return [{ monitorId, name: definition.name, lifecycle }];
    }),
  };
}

function stepsOf(look: Look, machines: readonly StartMachine[]): StartStep[] {
  const { strategy, acquire, monitor } = look.state;
  const named = machines.filter((machine) => machine.loss !== null).length;
  const watched = machines.filter((machine) => machine.monitors.length > 0);
  const running = [...monitor.monitors.values()].filter((one) => one.inEffect !== null);
  const read = [...acquire.handSignals.keys()].filter((id) => handReading(look, id)?.reading.value != null);
  const hands = acquire.handSignals.size;
  return [
    {
      word: 'plant',
      done: strategy.plant !== null,
      detail: strategy.plant ? strategy.plant.name : 'name, time zone and currency',
    },
    {
      word: 'machines',
      done: machines.length > 0,
      detail: named > 0 ? `${named} of ${WANTED_MACHINES} named` : `${machines.length} known`,
    },
    {
      word: 'choose',
      done: watched.length > 0,
      detail: watched[0]?.name ?? 'the one to begin with',
    },
    { word: 'answers', done: monitor.monitors.size > 0, detail: 'ten answers' },
    {
      word: 'trial',
      done: running.length > 0,
      detail: running.length > 0 ? `${running.length} judged` : 'four weeks, no work',
    },
    {
      word: 'label',
      done: read.length > 0 || monitor.signals.size > hands,
      detail: hands > 0 ? `${hands} read by hand, ${read.length} with a reading` : 'a label, or a signal',
    },
  ];
}
