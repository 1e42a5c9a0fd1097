import type { FactBody, Recorded } from '#vocabulary/fact.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { DAY_MS, HOUR_MS } from '#vocabulary/time.ts';
import { work } from './work.ts';

export const MONDAY = Date.UTC(2026, 10, 23);
export const JO: Actor = 'person:jo';

const fact = (type: string, data: unknown): FactBody => ({ type, v: 1, data });

/** A pump of a line with a motor on it, and an oven that has nothing to do with either; one live monitor each fault. */
const PLANT = [
  fact('strategy.asset-registered', { assetId: 's.LINE', name: 'Line', parentId: null }),
  fact('strategy.asset-registered', { assetId: 's.PUMP', name: 'Pump', parentId: 's.LINE' }),
  fact('strategy.asset-registered', { assetId: 's.MOTOR', name: 'Motor', parentId: 's.PUMP' }),
  fact('strategy.asset-registered', { assetId: 's.OVEN', name: 'Oven', parentId: null }),
  fact('strategy.crew-formed', { crewId: 's.MECH', name: 'MECH', craft: 'mechanic' }),
  ...watched('s.PUMP', 'bearing'),
  ...watched('s.PUMP', 'seal'),
  ...watched('s.MOTOR', 'winding'),
  ...watched('s.OVEN', 'burner'),
];

/** Two monitors, `<group>` and `<group>-2`, on one failure mode. */
function watched(assetId: string, group: string): FactBody[] {
  const failureModeId = `s.${group}`;
  const pfMinMs = { value: 60 * DAY_MS, grade: 'measured', by: null, source: 'records' };
  const mode = {
    failureModeId,
    assetId,
    position: 'drive end',
    name: group,
    group,
    objectiveId: 's.o',
    pfMinMs,
  };
  const condition = { kind: 'limit', direction: 'high', limit: 4, deadband: 0, onDelayMs: 0, offDelayMs: 0 };
  const response = {
    rung: 'walk-by',
    firstAction: 'Listen',
    checkJobPlanId: null,
    repairJobPlanId: null,
    crewId: 's.MECH',
    visitH: 1,
    withinMs: DAY_MS,
  };
  const definition = {
    name: group,
    failureModeId,
    signalId: 's.x',
    condition,
    quietMs: 6 * HOUR_MS,
    proofMs: HOUR_MS,
    owner: 'marta',
    response,
  };
  const drafted = (monitorId: string): FactBody =>
    fact('monitor.drafted', { monitorId, version: 1, definition, priority: 2 });
  return [fact('strategy.failure-mode-described', mode), drafted(`s.m-${group}`), drafted(`s.m-${group}-2`)];
}

/** The room of work alone: what it decides, what follows in it, and what falls due. */
export class Room {
  readonly state = work.initial('s');
  readonly facts: Recorded[] = [];
  nowMs = MONDAY;
  #alerts = 0;

  constructor() {
    this.tell(...PLANT);
  }

  tell(...bodies: FactBody[]): Recorded[] {
    const context = { site: 's', nowMs: this.nowMs, actor: 'system:clock' as const };
    const waiting = [...bodies];
    const told: Recorded[] = [];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const recorded = { ...next, id: '', seq: 0, atMs: this.nowMs, actor: JO, causeId: '', intakeSeq: 0 };
      work.evolve(this.state, recorded);
      told.push(recorded);
      waiting.push(...work.follow(recorded, this.state, context));
    }
    this.facts.push(...told);
    return told;
  }

  /** An alert of `s.m-<name>`. @returns the types of what the room made of it, without its own */
  raise(name: string, assetId: string, priority = 2): string[] {
    const group = name.replace(/-2$/, '');
    const told = this.tell(
      fact('alert.raised', {
        alertId: `s.A-${++this.#alerts}`,
        monitorId: `s.m-${name}`,
        version: 1,
        fault: { assetId, position: 'drive end', group },
        priority,
        raisedAtMs: this.nowMs,
        conditionSinceMs: this.nowMs,
        value: 5,
        extreme: 5,
        lastInsideMs: this.nowMs,
        uncertainOnly: false,
        trial: false,
      }),
    );
    return told.slice(1).map(({ type }) => type);
  }

  clear(alertId: string): void {
    this.tell(fact('alert.cleared', { alertId, clearedAtMs: this.nowMs, extreme: 5 }));
  }

  /** @returns the types of the facts, or the code of the refusal */
  run(type: string, data: unknown, actor: Actor = JO): string[] | string {
    const decision = work.decide({ id: 'c', type, actor, data }, this.state, {
      site: 's',
      nowMs: this.nowMs,
      actor,
    });
    if (isRefusal(decision)) return decision.code;
    return this.tell(...decision).map(({ type: told }) => told);
  }

  wait(untilMs: number): string[] {
    const types: string[] = [];
    for (let dueMs = work.nextDueMs(this.state); dueMs <= untilMs; dueMs = work.nextDueMs(this.state)) {
      this.nowMs = Math.max(this.nowMs, dueMs);
      const context = { site: 's', nowMs: this.nowMs, actor: 'system:clock' as const };
      types.push(...this.tell(...work.due(this.state, context)).map(({ type }) => type));
    }
    this.nowMs = untilMs;
    return types;
  }

  /** Accepts the open draft of a case, releases and starts its order. @returns the order */
  start(caseId: string): string {
    const draftId = this.state.cases.get(caseId)?.openDraftId;
    this.run('work.accept-draft', { draftId, dayMs: this.nowMs });
    const orderId = this.state.cases.get(caseId)?.openOrderId as string;
    this.run('work.release-order', { orderId });
    this.run('work.start-order', { orderId });
    return orderId;
  }

  /** A report by a person on an object. @returns its notification */
  report(assetId: string): string {
    const said = { assetId, position: null, group: null, textRef: 'text:1', seenAtMs: this.nowMs };
    this.run('work.report', said);
    return [...this.state.notifications.keys()].at(-1) as string;
  }
}
