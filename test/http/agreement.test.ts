// Blind review over HTTP: what a technician sees, what leaves the browser, and what the site ever hears of it.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { settle } from '#core/flow.ts';
import type { ReviewView } from '#api/contract.ts';
import type { Command } from '#vocabulary/command.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import { DAY_MS } from '#vocabulary/time.ts';
import { DEFINITION, described, f, MODE, MONITOR } from '../scenarios/alert-to-money/pump.ts';
import type { WorkCase } from '#work/state.ts';
import { problem, Rig } from './rig.ts';

let rig: Rig;
afterEach(async () => {
  await rig?.close();
});

const PATH = `/api/v1/monitor/${MONITOR}`;

function tell(...bodies: FactBody[]): void {
  const state = rig.site.state();
  const nowMs = rig.site.nowMs();
  bodies.forEach((body, i) => {
    const causeId = `given-${state.facts}-${i}`;
    settle(state, [body], { causeId, intakeSeq: state.intakeSeq + 1, nowMs, actor: 'system:setup' });
  });
}

/** A pump whose engineer and one technician are signed in. */
async function plant() {
  rig = await Rig.start();
  const admin = await rig.asAdministrator();
  const engineer = await rig.invited(admin, ['reliability engineer'], 'ana.e@plant.example');
  const technician = await rig.invited(admin, ['technician'], 'tomasz@plant.example');
  tell(...described(MODE, DEFINITION));
  const crew = rig.site.state().strategy.crews.get('p1200.MECH-B');
  tell(f('strategy.crew-formed', { ...crew, technicians: [technician.id, 'ewa'] }));
  return { engineer, technician };
}

/** Five alerts of the past, each a case with its order and finding; nothing was there at the third. */
function found(): void {
  const finishBy = { latestFinishMs: null, latestStartMs: null, orderByMs: null, precision: 'none' };
  const job = {
    name: 'Replace',
    craft: 'mechanic',
    crewId: 'p1200.MECH-B',
    durationH: 2,
    people: 1,
    parts: [],
  };
  for (const n of [1, 2, 3, 4, 5]) {
    const atMs = rig.site.nowMs() - (6 - n) * DAY_MS;
    const { failureModeId: _mode, assetId, position, group } = MODE;
    const alertId = `p1200.A-000${n}`;
    const about = {
      alertId,
      monitorId: MONITOR,
      version: 1,
      fault: { assetId, position, group },
      priority: 2,
    };
    const times = { raisedAtMs: atMs, conditionSinceMs: atMs, lastInsideMs: atMs };
    tell(f('alert.raised', { ...about, ...times, value: 5, extreme: 5, uncertainOnly: false, trial: false }));
    const { caseId, openDraftId: draftId } = [...rig.site.state().work.cases.values()].at(-1) as WorkCase;
    const by = 'ewa';
    const orderId = `p1200.WO-000${n}`;
    const order = {
      orderId,
      draftId,
      caseId,
      acceptedBy: by,
      needsStop: false,
      plannedDowntimeH: 0,
      priority: 2,
    };
    tell(f('work.order-created', { ...order, ...job, finishBy, dayMs: atMs }));
    const seen = { moment: 'as found', evidence: 'strong', lookAgainMs: null, hours: 0, noteRef: null };
    const finding = n === 3 ? 'nothing found' : 'as stated';
    const given = { caseId, orderId, monitorId: MONITOR, finding, by, givenAtMs: atMs, ...seen };
    tell(f('work.finding-given', given));
    const spent = { finishedAtMs: atMs, actualH: 2, partsMinor: 0, downtimeH: 0, repaired: n !== 3 };
    tell(f('work.order-finished', { orderId, caseId, by, ...spent }));
    tell(f('work.case-closed', { caseId, closedAtMs: atMs, reason: 'repair proved' }));
  }
}

describe('blind review', () => {
  it('shows no outcome, and hands on how many answers agree, never a single one', async () => {
    const { engineer, technician } = await plant();
    found();
    const opened = await rig.ask('POST', `${PATH}/open-review`, {
      cookie: engineer.cookie,
      body: { version: 1 },
    });
    expect(opened.status).toBe(200);
    const shown = await rig.ask('GET', `${PATH}/review`, { cookie: technician.cookie });
    const view = shown.body as ReviewView;
    expect(view).toMatchObject({ mayAnswer: true, answered: false, agreement: null });
    expect(view.episodes).toHaveLength(5);
    expect(JSON.stringify(view)).not.toContain('real');

    const heard = vi.spyOn(rig.site, 'run');
    const answers = view.episodes.map(({ episodeId }) => ({ episodeId, wouldGo: true }));
    const body = { version: 1, answers, comment: 'at night it sounds worse' };
    const half = await rig.ask('POST', `${PATH}/sign-review`, {
      cookie: technician.cookie,
      body: { ...body, answers: answers.slice(1) },
    });
    expect(problem(half)).toMatchObject({ code: 'E-MONITOR-076' });
    expect(heard).not.toHaveBeenCalled();
    const signed = await rig.ask('POST', `${PATH}/sign-review`, { cookie: technician.cookie, body });
    expect(signed.status).toBe(200);
    const command = heard.mock.calls[0]?.[0] as Command;
    expect(command.data).toMatchObject({ agreed: 4, of: 5, commentRef: expect.stringMatching(/^text:/) });
    expect(JSON.stringify(command)).not.toMatch(/wouldGo|A-0001|night/);

    const again = await rig.ask('GET', `${PATH}/review`, { cookie: technician.cookie });
    expect(again.body).toMatchObject({
      mayAnswer: false,
      answered: true,
      agreement: { agreed: 4, of: 5, needed: 0.8 },
    });
  });

  it('is opened by the engineer and answered by the crew, nobody else', async () => {
    const { engineer, technician } = await plant();
    found();
    const body = { version: 1 };
    const byCrew = await rig.ask('POST', `${PATH}/open-review`, { cookie: technician.cookie, body });
    expect(problem(byCrew)).toMatchObject({ status: 403, code: 'E-ACCESS-013' });
    const nothing = await rig.ask('GET', `${PATH}/review`, { cookie: technician.cookie });
    expect(nothing.status).toBe(404);
    await rig.ask('POST', `${PATH}/open-review`, { cookie: engineer.cookie, body });
    const shown = await rig.ask('GET', `${PATH}/review`, { cookie: engineer.cookie });
    const answers = (shown.body as ReviewView).episodes.map(({ episodeId }) => ({
      episodeId,
      wouldGo: true,
    }));
    const byEngineer = await rig.ask('POST', `${PATH}/sign-review`, {
      cookie: engineer.cookie,
      body: { version: 1, answers },
    });
    expect(problem(byEngineer)).toMatchObject({ status: 403, code: 'E-ACCESS-013' });
  });

  it('takes no word for what came of an alert', async () => {
    const { engineer } = await plant();
    const atMs = rig.site.nowMs() - DAY_MS;
    const episodes = [1, 2, 3, 4, 5].map((n) => ({
      ...{ episodeId: `past-${n}`, fromMs: atMs - DAY_MS, toMs: atMs, atMs, real: true },
    }));
    const opened = await rig.ask('POST', `${PATH}/open-review`, {
      cookie: engineer.cookie,
      body: { version: 1, episodes },
    });
    expect(opened.status).toBe(400);
  });

  it('refuses to open on too few alerts that findings have told', async () => {
    const { engineer } = await plant();
    const opened = await rig.ask('POST', `${PATH}/open-review`, {
      cookie: engineer.cookie,
      body: { version: 1 },
    });
    expect(problem(opened)).toMatchObject({ code: 'E-MONITOR-071' });
  });
});

describe('pages about agreement', () => {
  it.each(['approvals', 'noise', 'trials', 'long-stops'])(
    '%s answers whoever may read monitors',
    async (page) => {
      const { technician } = await plant();
      const asked = await rig.ask('GET', `/api/v1/monitor/${page}`, { cookie: technician.cookie });
      expect(asked.status).toBe(200);
      expect(asked.body).toBeInstanceOf(Array);
    },
  );

  it('lists every version with what it changed', async () => {
    const { technician } = await plant();
    const asked = await rig.ask('GET', `${PATH}/versions`, { cookie: technician.cookie });
    expect(asked.body).toMatchObject([{ version: 1, against: null, differences: [] }]);
  });
});
