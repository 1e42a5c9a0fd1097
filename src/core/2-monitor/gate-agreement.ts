import { saysTheSame } from '#vocabulary/same.ts';
import { isoUtc } from '#vocabulary/time.ts';
import { AGREEMENT, MIN_EPISODES, reviewed } from './agreement.ts';
import { type GateFile, type GateItem, item } from './gate-item.ts';
import { signingTechnicians } from './gate-evidence.ts';
import type { MonitorVersion } from './state.ts';

/** Technicians looked at past episodes without knowing what came of them; asked where there are enough of them. */
export function reviewItem(number: number, { version }: GateFile): GateItem {
  const title = 'Blind review';
  const answer = (met: boolean, detail: string, mend: string): GateItem =>
    item(number, title, met, detail, mend, 'technician');
  const known = episodesKnown(version);
  const agreed = reviewed(version);
  if (agreed) {
    const share = agreed.agreed / agreed.of;
    const text = `${agreed.agreed} of ${agreed.of} answers as it turned out, ${Math.round(share * 100)} %`;
    const mend = `At least ${AGREEMENT * 100} % have to agree: hear what the crew looks at, and move the limit.`;
    return answer(share >= AGREEMENT, text, mend);
  }
  if (known < MIN_EPISODES) {
    return answer(
      true,
      `${known} past episodes with a known outcome; from ${MIN_EPISODES} on a blind review is asked`,
      'Nothing is asked.',
    );
  }
  const mend = `Have a technician of the crew say of ${Math.max(MIN_EPISODES, version.review?.episodes.length ?? 0)} past episodes whether they would have gone.`;
  return answer(false, `${known} past episodes wait for the crew`, mend);
}

/** Past episodes whose outcome is known: those shown, else the notifications of a backtest with known events. */
function episodesKnown({ review, backtest }: MonitorVersion): number {
  if (review) return review.episodes.length;
  return backtest && backtest.events !== null ? backtest.notifications : 0;
}

/** What a change of a live monitor's condition owes besides the gate: old against new, and a technician's word. */
export function changeItems(file: GateFile): GateItem[] {
  const { state, monitorId, version, definition } = file;
  const { change } = version;
  const before = change && state.monitors.get(monitorId)?.versions.get(change.from);
  if (!change || !before || saysTheSame(before.definition.condition, definition.condition)) return [];
  const technicians = signingTechnicians(state, definition.response?.crewId ?? '');
  const heard = version.comments.filter((one) => technicians.has(one.by)).length;
  const asks = technicians.has(change.by);
  return [
    item(
      221,
      'Old against new on history',
      change.comparison !== null,
      change.comparison ? comparisonText(change.comparison) : null,
      'Judge both versions on the same history and record both.',
      'reliability engineer',
    ),
    item(
      222,
      "Technician's comment",
      asks || heard > 0,
      asks ? 'a technician of the crew asked for it' : heard > 0 ? `${heard} given` : null,
      'Have a technician of the responding crew say what they think of it.',
      'technician',
    ),
  ];
}

function comparisonText({
  fromMs,
  toMs,
  before,
  after,
}: {
  fromMs: number;
  toMs: number;
  before: { alerts: number; caught: number | null; events: number | null };
  after: { alerts: number; caught: number | null; events: number | null };
}): string {
  const days = `${isoUtc(fromMs).slice(0, 10)} to ${isoUtc(toMs).slice(0, 10)}`;
  const alerts = `${before.alerts} alerts become ${after.alerts}`;
  if (after.events === null) return `${days}: ${alerts}; no known events`;
  return `${days}: ${alerts}; known events caught ${before.caught ?? 0}, then ${after.caught ?? 0} of ${after.events}`;
}
