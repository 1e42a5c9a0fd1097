import type { LineView, ObjectiveThreads, StopWord, Thread } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import { number } from '../../format/number.ts';
import type { LineGroup, LineTotals, PictureStop, PictureThread } from '../../parts/line-shapes.ts';
import { TEXTS } from './texts.ts';

/** Writers that depend on the plant: its people, its zone. */
export interface Words {
  name: (personId: string) => string;
  clock: (atMs: number) => string;
  month: (atMs: number) => string;
}

/** The stop of the picture at which something waits. Money is its end: the finding before it carries the shape. */
const STOP_OF: Record<StopWord, PictureStop> = {
  objective: 'asset',
  asset: 'asset',
  'failure mode': 'mode',
  monitor: 'monitor',
  alert: 'alerts',
  notification: 'notifications',
  order: 'orders',
  finding: 'findings',
  money: 'findings',
};

/** The view as the picture draws it. */
export function groupsOf(view: LineView, words: Words): LineGroup[] {
  return view.objectives.map((objective) => ({
    id: objective.objectiveId,
    name: objective.name,
    href: `/strategy#${objective.objectiveId}`,
    ...(objective.now === null
      ? {}
      : { now: { value: number(objective.now, objective.now < 100 ? 1 : 0), unit: objective.unit } }),
    standing: standingOf(objective, words),
    threads: objective.threads.map((thread) => threadOf(thread, words)),
  }));
}

/** "9.4 → 5 h/month, M. Silva" */
function standingOf(objective: ObjectiveThreads, words: Words): string {
  const { baseline, target, unit, accountable } = objective;
  const from = baseline === null ? TEXTS.noBaseline : number(baseline);
  const to = target === null ? TEXTS.noTarget : number(target);
  const who = accountable === null ? TEXTS.nobody : words.name(accountable);
  return `${from} → ${to} ${unit}, ${who}`;
}

function threadOf(thread: Thread, words: Words): PictureThread {
  const asset = `/strategy/asset/${thread.assetId}`;
  const monitor = thread.monitorId === null ? null : `/monitor/${thread.monitorId}`;
  const { broken, open, endsByDecision } = thread;
  const opened = open ? `/work/case/${open.caseId}` : null;
  return {
    id: thread.failureModeId,
    href: opened ?? monitor ?? asset,
    asset: { id: shortId(thread.assetId), name: thread.assetName, href: asset },
    mode: { name: thread.failureMode, href: `${asset}#${thread.failureModeId}` },
    ...(monitor && thread.monitorName
      ? {
          monitor: { id: thread.monitorName, href: monitor, blind: broken?.noSignal === true },
          counts: countsOf(thread),
          countHref: {
            alerts: `${monitor}#alerts`,
            notifications: `${monitor}#cases`,
            orders: `${monitor}#cases`,
            findings: `${monitor}#cases`,
          },
        }
      : {}),
    ...(open && opened ? { open: { priority: open.priority, at: STOP_OF[open.stop], href: opened } } : {}),
    ...(broken ? { broken: brokenOf(broken, opened ?? monitor ?? asset, words) } : {}),
    ...(endsByDecision
      ? {
          ended: TEXTS.runToFailure(
            words.name(endsByDecision.acceptedBy),
            words.month(endsByDecision.reviewDueMs),
          ),
        }
      : {}),
    ...(thread.avoidedMinor === 0 ? {} : { avoidedMinor: thread.avoidedMinor }),
    ...(thread.savedMinor === 0 ? {} : { savedMinor: thread.savedMinor }),
    ...(thread.avoidedOpenMinor === 0 ? {} : { avoidedOpenMinor: thread.avoidedOpenMinor }),
    ...(thread.savedOpenMinor === 0 ? {} : { savedOpenMinor: thread.savedOpenMinor }),
  };
}

function countsOf(thread: Thread): NonNullable<PictureThread['counts']> {
  const { alerts, notifications, orders, findings, findingsDue } = thread;
  return { alerts, notifications, orders, findings, due: findingsDue };
}

/** The stop after which the line is broken is the one before the stop that is missing, but for a blind monitor. */
function brokenOf(
  broken: NonNullable<Thread['broken']>,
  href: string,
  words: Words,
): NonNullable<PictureThread['broken']> {
  const after: Partial<Record<StopWord, PictureStop>> = {
    monitor: broken.noSignal ? 'monitor' : 'mode',
    alert: 'monitor',
    order: 'orders',
    finding: 'findings',
  };
  return {
    after: after[broken.stop] ?? STOP_OF[broken.stop],
    words: broken.sinceMs === null ? broken.label : TEXTS.since(broken.label, words.clock(broken.sinceMs)),
    href,
    ...(broken.priority === null ? {} : { priority: broken.priority }),
  };
}

export function totalsOf(view: LineView): LineTotals {
  const { totals } = view;
  return {
    objectives: totals.objectives,
    assets: totals.assets,
    modes: totals.failureModes,
    monitors: totals.monitors,
    alerts: totals.alerts,
    notifications: totals.notifications,
    orders: totals.orders,
    findings: totals.findings,
    due: totals.findingsDue,
    avoidedMinor: totals.avoidedMinor,
    savedMinor: totals.savedMinor,
    avoidedOpenMinor: totals.avoidedOpenMinor,
    savedOpenMinor: totals.savedOpenMinor,
  };
}
