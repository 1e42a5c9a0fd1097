// A monitor in the making, judged on what rests of its signals.
import type { Why } from '#core/backtest-why.ts';
import type { ProfileStep } from '#core/design.ts';
import type { DesignDesk, Designed, DesignWish } from '#ports/design-desk.ts';
import type { Series } from '#ports/samples.ts';
import { type ConditionSpec, otherSignals } from '#vocabulary/conditions/all.ts';
import { conditionProblems } from '#vocabulary/conditions/check.ts';
import type { MonitorId, SignalId } from '#vocabulary/ids.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import type { Archive } from './archive.ts';
import type { DesignPast, DesignQuestion } from './archive-design.ts';
import { restingOf } from './resting.ts';
import type { Site } from './site.ts';

export class Designs implements DesignDesk {
  readonly #site: Pick<Site, 'state'>;
  readonly #archive: Archive;

  constructor(site: Pick<Site, 'state'>, archive: Archive) {
    this.#site = site;
    this.#archive = archive;
  }

  async judge(wish: DesignWish, conditions: readonly ConditionSpec[]): Promise<Designed | Refusal> {
    const wrong = this.#problem(wish.signalId, conditions);
    if (wrong) return wrong;
    return this.#archive.judgeDesign({
      ...this.#question(wish, conditions),
      monitors: conditions.map((condition) => ({ condition, staleAfterMs: wish.staleAfterMs })),
    });
  }

  async picture(wish: DesignWish, condition: ConditionSpec, points: number): Promise<Series | Refusal> {
    const wrong = this.#problem(wish.signalId, [condition]);
    if (wrong) return wrong;
    const { past } = this.#question(wish, [condition]);
    return this.#archive.designPicture({ past, points });
  }

  async profile(
    wish: DesignWish,
    condition: ConditionSpec,
    limits: readonly number[],
  ): Promise<ProfileStep[] | Refusal> {
    const wrong = this.#problem(wish.signalId, [condition]);
    if (wrong) return wrong;
    if (!('limit' in condition)) return noLimit();
    return this.#archive.profile({
      ...this.#question(wish, [condition]),
      monitor: { condition, staleAfterMs: wish.staleAfterMs },
      limits,
    });
  }

  async why(monitorId: MonitorId, version: number | null, atMs: number): Promise<Why | Refusal> {
    const { monitor } = this.#site.state();
    const record = monitor.monitors.get(monitorId);
    const known = record?.versions.get(version ?? record.inEffect ?? record.candidate ?? 0);
    if (!known) {
      return refuse(
        'E-DESIGN-006',
        `There is no such version of monitor "${monitorId}".`,
        'Check the id and the version.',
      );
    }
    const { signalId, condition, staleAfterMs } = known.definition;
    return this.#archive.why({
      past: this.#past(signalId, otherSignals(condition), 0, Number.MAX_SAFE_INTEGER),
      monitor: { condition, staleAfterMs },
      atMs,
      unit: monitor.signals.get(signalId)?.unit ?? '',
    });
  }

  #question(
    wish: DesignWish,
    conditions: readonly ConditionSpec[],
  ): Pick<DesignQuestion, 'past' | 'quietMs' | 'events' | 'splitAtMs'> {
    const others = otherSignals(conditions[0] as ConditionSpec);
    const { signalId, fromMs, toMs, quietMs, events, splitAtMs } = wish;
    return {
      past: this.#past(signalId, others, fromMs ?? 0, toMs ?? Number.MAX_SAFE_INTEGER),
      quietMs,
      events,
      splitAtMs,
    };
  }

  #past(signalId: SignalId, others: readonly SignalId[], fromMs: number, toMs: number): DesignPast {
    const { acquire } = this.#site.state();
    const resting = others.map((one) => restingOf(acquire, one));
    return { ...restingOf(acquire, signalId), others: resting, fromMs, toMs };
  }

  #problem(signalId: SignalId, conditions: readonly ConditionSpec[]): Refusal | null {
    const { signals } = this.#site.state().monitor;
    if (!signals.has(signalId)) {
      return refuse('E-DESIGN-002', `There is no signal "${signalId}".`, 'Choose one that is declared.');
    }
    const problems = conditions.flatMap((one) => conditionProblems(one));
    if (problems.length > 0) {
      return refuse('E-DESIGN-005', problems.join(' '), 'Correct the condition; then it is judged.');
    }
    const [first, ...rest] = conditions.map((one) => JSON.stringify(otherSignals(one)));
    if (rest.some((one) => one !== first)) {
      return refuse(
        'E-DESIGN-003',
        'The two conditions look at other signals, so they cannot be judged side by side.',
        'Judge one after the other.',
      );
    }
    return null;
  }
}

function noLimit(): Refusal {
  return refuse(
    'E-DESIGN-004',
    'This kind of condition has no limit to move.',
    'Ask for a profile of a condition with a limit.',
  );
}
