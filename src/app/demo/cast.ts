// The simulated people of a demo: they answer what waits for them, through the HTTP API, each in their own session.
import type { SiteState } from '#core/flow.ts';
import type { OneTimeLink } from '#ports/identity.ts';
import type { Role } from '#access/events.ts';
import type { Evidence, Finding } from '#work/events.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#vocabulary/time.ts';
import type { WorkCase, WorkDraft, WorkOrder } from '#work/state.ts';
import { SimulatedClient } from './client.ts';

/** What a simulated technician would find at a machine, from the demo's own knowledge of the truth. */
export interface Truth {
  finding: Finding;
  evidence: Evidence;
}

export interface CastOptions {
  url: string;
  /** a one-time link that lets a simulated person in */
  firstLink: (personId: string) => Promise<OneTimeLink>;
  state: () => SiteState;
  truthOf: (work: WorkCase) => Truth;
  /** people look after the ledgers too */
  money?: boolean;
  /** told when a repair is finished, so that a simulated machine can be whole again */
  repaired?: (work: WorkCase) => void;
}

/** A planner answers this long after the draft; a crew starts this long after the day begins. */
const ANSWER_AFTER_MS = 30 * MINUTE_MS;
const RELEASE_AFTER_MS = HOUR_MS;
const SHIFT_START_MS = 8 * HOUR_MS;
/** Money is verified within the week and accepted with the month's books. */
const VERIFY_AFTER_MS = 5 * DAY_MS;
const ACCEPT_AFTER_MS = 21 * DAY_MS;
/** From the start of a job to its first finding. */
const CHECK_MS = HOUR_MS;

interface Duty {
  dueMs: number;
  role: Role;
  run: (client: SimulatedClient) => Promise<void>;
}

export class Cast {
  readonly #options: CastOptions;
  readonly #clients = new Map<string, SimulatedClient>();
  /** duties that were refused once are not tried again, but told */
  readonly #given = new Set<string>();
  readonly failures: string[] = [];

  constructor(options: CastOptions) {
    this.#options = options;
  }

  /** Plant time at which somebody has something to do; Infinity when nobody has. */
  nextDueMs(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.#duties().map(({ duty }) => duty.dueMs));
  }

  /** Everybody does what is due at `nowMs`, one thing after another, until nothing is left. @returns how much was done */
  async settle(nowMs: number): Promise<number> {
    let done = 0;
    for (;;) {
      const due = this.#duties()
        .filter(({ duty }) => duty.dueMs <= nowMs)
        .sort((a, b) => a.duty.dueMs - b.duty.dueMs || a.key.localeCompare(b.key))[0];
      if (!due) return done;
      this.#given.add(due.key);
      try {
        await due.duty.run(await this.#client(due.duty.role));
        done++;
      } catch (failure) {
        this.failures.push(`${due.key}: ${(failure as Error).message}`);
      }
    }
  }

  #duties(): { key: string; duty: Duty }[] {
    const { work } = this.#options.state();
    const duties: { key: string; duty: Duty }[] = [];
    for (const caseId of work.open) {
      const theCase = work.cases.get(caseId) as WorkCase;
      const draft = work.drafts.get(theCase.openDraftId ?? '');
      const order = work.orders.get(theCase.openOrderId ?? '');
      const found = draft ? this.#draftDuty(draft) : order ? this.#orderDuty(theCase, order) : null;
      if (found) duties.push(found);
    }
    if (this.#options.money) duties.push(...this.#moneyDuties());
    return duties.filter(({ key }) => !this.#given.has(key));
  }

  #draftDuty(draft: WorkDraft): { key: string; duty: Duty } {
    const state = this.#options.state();
    const bornMs = state.work.cases.get(draft.caseId)?.movedAtMs ?? 0;
    const dueMs = Math.max(bornMs + ANSWER_AFTER_MS, draft.notBeforeMs ?? 0);
    const dayMs = state.plan.proposals.get(draft.draftId)?.dayMs ?? null;
    return {
      key: `accept ${draft.draftId}`,
      duty: {
        dueMs,
        role: 'planner',
        run: (client) =>
          client.post(`/work/draft/${draft.draftId}/accept`, {
            dayMs: dayMs ?? Math.floor(this.#options.state().nowMs / DAY_MS) * DAY_MS,
          }),
      },
    };
  }

  #orderDuty(work: WorkCase, order: WorkOrder): { key: string; duty: Duty } | null {
    const { orderId } = order;
    if (order.status === 'created') {
      const dueMs = order.createdAtMs + RELEASE_AFTER_MS;
      const run = (client: SimulatedClient): Promise<void> => client.post(`/work/order/${orderId}/release`);
      return { key: `release ${orderId}`, duty: { dueMs, role: 'crew lead', run } };
    }
    if (order.status === 'released') {
      const dayMs = this.#options.state().plan.orders.get(orderId)?.dayMs ?? order.dayMs;
      const dueMs = Math.max(dayMs + SHIFT_START_MS, order.createdAtMs + RELEASE_AFTER_MS);
      const run = (client: SimulatedClient): Promise<void> => client.post(`/work/order/${orderId}/start`);
      return { key: `start ${orderId}`, duty: { dueMs, role: 'technician', run } };
    }
    if (order.status !== 'started' || order.startedAtMs === null) return null;
    const given = work.findings.filter((finding) => finding.orderId === orderId);
    const truth = this.#options.truthOf(work);
    const real = truth.finding === 'as stated' || truth.finding === 'other fault';
    if (given.length === 0)
      return this.#findingDuty(work, order, 'check', truth, order.startedAtMs + CHECK_MS);
    const endMs = order.startedAtMs + (real ? Math.max(order.durationH * HOUR_MS, 2 * CHECK_MS) : CHECK_MS);
    if (real && given.at(-1)?.moment === 'check')
      return this.#findingDuty(work, order, 'as found', truth, endMs);
    return this.#finishDuty(work, order, real, endMs);
  }

  #findingDuty(
    work: WorkCase,
    order: WorkOrder,
    moment: 'check' | 'as found',
    truth: Truth,
    dueMs: number,
  ): { key: string; duty: Duty } {
    const evidence = moment === 'check' && truth.evidence === 'strong' ? 'moderate' : truth.evidence;
    const run = (client: SimulatedClient): Promise<void> =>
      client.post(`/work/case/${work.caseId}/finding`, { moment, finding: truth.finding, evidence });
    return { key: `${moment} ${order.orderId}`, duty: { dueMs, role: 'technician', run } };
  }

  #finishDuty(
    work: WorkCase,
    order: WorkOrder,
    repaired: boolean,
    dueMs: number,
  ): { key: string; duty: Duty } {
    const parts = order.parts.reduce((sum, part) => sum + part.quantity * part.costMinor, 0);
    const run = async (client: SimulatedClient): Promise<void> => {
      await client.post(`/work/order/${order.orderId}/finish`, {
        actualH: repaired ? order.durationH * order.people : CHECK_MS / HOUR_MS,
        partsMinor: repaired ? parts : 0,
        downtimeH: repaired ? order.plannedDowntimeH : 0,
        repaired,
      });
      if (repaired) this.#options.repaired?.(work);
    };
    return { key: `finish ${order.orderId}`, duty: { dueMs, role: 'technician', run } };
  }

  /** The reliability engineer checks an entry against its evidence, and finance accepts it later. */
  #moneyDuties(): { key: string; duty: Duty }[] {
    const duties: { key: string; duty: Duty }[] = [];
    for (const { entryId, status, bookedAtMs, grade } of this.#options.state().outcome.entries.values()) {
      const path = `/outcome/entry/${entryId}`;
      if (status === 'estimated') {
        const run = (client: SimulatedClient): Promise<void> => client.post(`${path}/verify`);
        const dueMs = bookedAtMs + VERIFY_AFTER_MS;
        duties.push({ key: `verify ${entryId}`, duty: { dueMs, role: 'reliability engineer', run } });
      } else if (status === 'verified' && grade !== 'assumed') {
        const run = (client: SimulatedClient): Promise<void> => client.post(`${path}/accept`);
        const dueMs = bookedAtMs + ACCEPT_AFTER_MS;
        duties.push({ key: `accept ${entryId}`, duty: { dueMs, role: 'finance', run } });
      }
    }
    return duties;
  }

  /** The first simulated person of a role; the demo's plans have at least one of each that works. */
  async #client(role: Role): Promise<SimulatedClient> {
    const { access } = this.#options.state();
    const person = [...access.people.values()].find(
      (member) => member.simulated && member.leftAtMs === null && member.roles.includes(role),
    );
    if (!person) throw new Error(`the plan names no simulated ${role}`);
    const known = this.#clients.get(person.personId);
    if (known) return known;
    const client = await SimulatedClient.enter(
      this.#options.url,
      await this.#options.firstLink(person.personId),
      person.personId,
    );
    this.#clients.set(person.personId, client);
    return client;
  }
}
