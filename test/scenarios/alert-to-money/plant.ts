import { decide, initialState, nextDueMs, type SiteState, settle, settleDue } from '#core/flow.ts';
import type { AlertFact } from '#alert/events.ts';
import type { DetectRaised } from '#detect/events.ts';
import type { MonitorDefinition } from '#monitor/events.ts';
import type { OutcomeFact } from '#outcome/events.ts';
import type { PlanFact } from '#plan/events.ts';
import type { FailureMode } from '#strategy/events.ts';
import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { isRefusal, type Refusal } from '#vocabulary/refusal.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import type { WorkFact } from '#work/events.ts';
import { DEFINITION, described, f, MODE, MONDAY, MONITOR, SITE } from './pump.ts';

export const PLANNER: Actor = 'person:juergen';
export const MECHANIC: Actor = 'person:tomasz';
export const ENGINEER: Actor = 'person:ana';
export const FINANCE: Actor = 'person:david';

export function at(day: number, hour: number): number {
  return MONDAY + day * DAY_MS + hour * HOUR_MS;
}

type Told = AlertFact | WorkFact | PlanFact | OutcomeFact;
type DataOf = { [F in Told as F['type']]: F['data'] };

export interface PlantOptions {
  mode?: Partial<FailureMode>;
  definition?: Partial<MonitorDefinition>;
  live?: boolean;
}

/** The control plane of one site with the pump of the story, fed fact by fact through the real flow. */
export class Plant {
  readonly state: SiteState = initialState(SITE);
  readonly facts: Recorded[] = [];
  nowMs = MONDAY - 30 * DAY_MS;
  private causes = 0;

  constructor({ mode = {}, definition = {}, live = true }: PlantOptions = {}) {
    for (const body of described({ ...MODE, ...mode }, { ...DEFINITION, ...definition })) this.tell(body);
    this.tell(f('monitor.trial-started', { monitorId: MONITOR, version: 1, endsAtMs: MONDAY }));
    if (live) this.goLive();
    this.nowMs = MONDAY;
  }

  goLive(): Recorded[] {
    return this.tell(
      f('monitor.activated', { monitorId: MONITOR, version: 1, wastedHPerWeek: 0, crewId: 'p1200.MECH-B' }),
    );
  }

  /** Feeds facts of one input, then whatever is due. @returns what the journal got */
  tell(...bodies: FactBody[]): Recorded[] {
    const cause = {
      causeId: `t${++this.causes}`,
      intakeSeq: this.causes,
      nowMs: this.nowMs,
      actor: 'system:clock' as const,
    };
    return this.keep([
      ...settle(this.state, bodies, cause),
      ...settleDue(this.state, this.causes, this.nowMs),
    ]);
  }

  /** Lets plant time run to `untilMs`, stopping wherever something is due. */
  wait(untilMs: number): Recorded[] {
    const facts: Recorded[] = [];
    for (let dueMs = nextDueMs(this.state); dueMs <= untilMs; dueMs = nextDueMs(this.state)) {
      this.nowMs = Math.max(this.nowMs, dueMs);
      facts.push(...settleDue(this.state, ++this.causes, this.nowMs));
    }
    this.nowMs = untilMs;
    return this.keep(facts);
  }

  run(actor: Actor, type: string, data: unknown): Recorded[] {
    const answer = this.ask(actor, type, data);
    if (isRefusal(answer)) throw new Error(`${answer.code} ${answer.message}`);
    return answer;
  }

  /** @returns the code of the refusal; `done` when there was none */
  refusal(actor: Actor, type: string, data: unknown): string {
    const answer = this.ask(actor, type, data);
    return isRefusal(answer) ? answer.code : 'done';
  }

  raise(overrides: Partial<DetectRaised> = {}): Recorded[] {
    return this.tell(f('detect.raised', { ...detected(this.nowMs), ...overrides }));
  }

  clear(): Recorded[] {
    return this.tell(
      f('detect.cleared', { monitorId: MONITOR, version: 1, clearedAtMs: this.nowMs, extreme: 7.4 }),
    );
  }

  count(type: string): number {
    return this.facts.filter((fact) => fact.type === type).length;
  }

  /** Data of the last fact of a type, undefined when there was none. */
  last<T extends keyof DataOf>(type: T): DataOf[T] {
    return this.facts.findLast((fact) => fact.type === type)?.data as DataOf[T];
  }

  private ask(actor: Actor, type: string, data: unknown): Recorded[] | Refusal {
    const id = `c${++this.causes}`;
    const context = { site: SITE, nowMs: this.nowMs, actor };
    const decision = decide(this.state, { id, type, actor, data }, context);
    if (isRefusal(decision)) return decision;
    const cause = { causeId: id, intakeSeq: this.causes, nowMs: this.nowMs, actor };
    return this.keep(settle(this.state, decision, cause));
  }

  private keep(facts: Recorded[]): Recorded[] {
    this.facts.push(...facts);
    return facts;
  }
}

/** Starts an accepted order the way people do. @returns its id */
export function startOrder(plant: Plant): string {
  const draftId = plant.last('work.draft-prepared').draftId;
  plant.run(PLANNER, 'work.accept-draft', { draftId, dayMs: plant.nowMs });
  const { orderId } = plant.last('work.order-created');
  plant.run(PLANNER, 'work.release-order', { orderId });
  plant.run(MECHANIC, 'work.start-order', { orderId });
  return orderId;
}

export function finding(plant: Plant, moment: string, answer: string, more: object = {}): object {
  const { caseId } = plant.last('work.case-opened');
  const given = {
    caseId,
    moment,
    finding: answer,
    evidence: 'none',
    lookAgainMs: null,
    hours: 0,
    noteRef: null,
  };
  return { ...given, ...more };
}

export function booked(orderId: string, more: object = {}): object {
  return { orderId, actualH: 7, partsMinor: 38_000, downtimeH: 0, repaired: true, ...more };
}

function detected(nowMs: number): DetectRaised {
  return {
    monitorId: MONITOR,
    version: 1,
    signalId: DEFINITION.signalId,
    raisedAtMs: nowMs,
    conditionSinceMs: nowMs - HOUR_MS,
    value: 6.2,
    extreme: 6.2,
    lastInsideMs: nowMs - 2 * HOUR_MS,
    uncertainOnly: false,
  };
}
