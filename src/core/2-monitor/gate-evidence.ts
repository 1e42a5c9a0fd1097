import type { PersonId } from '#vocabulary/ids.ts';
import { isoUtc } from '#vocabulary/time.ts';
import { type GateFile, type GateItem, hours, item } from './gate-item.ts';
import { budgetFor, MIN_HISTORY_MS } from './noise-budget.ts';
import { responseTime } from './response-time.ts';
import type { MonitorState, MonitorVersion } from './state.ts';

/** A monitor that cannot end in planned work is refused at design time (domain reference 2.4). */
export function plannedWorkItem(number: number, { state, definition }: GateFile): GateItem {
  const time = responseTime(state, definition);
  const detail = time
    ? `P-F ${hours(time.pfMinMs)} − detection ${hours(time.detectionMs)}, against work ${hours(time.plannedMs)} + lead ${hours(time.leadMs)}`
    : 'cannot be judged without P-F interval, signal and response';
  return item(
    number,
    'Time for planned work',
    time !== null && time.slackMs >= 0,
    detail,
    'Detect earlier (shorter delay, more readings, sooner look), keep the part in stock, or choose another technique.',
    'reliability engineer',
  );
}

/** A backtest of this version on at least four weeks of history, or a trial that has run its length. */
export function evidenceItem(number: number, { version, nowMs }: GateFile): GateItem {
  const { backtest, trial } = version;
  const mend = 'Run a backtest on at least four weeks of history, or a trial to its end.';
  const title = 'Backtest or trial';
  const answer = (met: boolean, detail: string): GateItem =>
    item(number, title, met, detail, mend, 'reliability engineer');
  if (trial && trial.endsAtMs <= nowMs) return answer(true, `trial until ${isoUtc(trial.endsAtMs)}`);
  if (backtest) {
    // a recording judged on itself is as long as it is, and says `in hindsight` wherever it appears
    const long = backtest.inHindsight || backtest.to - backtest.from >= MIN_HISTORY_MS;
    const fresh = version.sentBackAtMs === null || backtest.to > version.sentBackAtMs;
    return answer(long && fresh && backtest.samples > 0, backtestText(version, long, fresh));
  }
  return answer(false, trial ? `trial runs until ${isoUtc(trial.endsAtMs)}` : 'missing');
}

function backtestText(version: MonitorVersion, long: boolean, fresh: boolean): string {
  const { backtest } = version;
  if (!backtest) return 'missing';
  if (!long) return `backtest covers only ${hours(backtest.to - backtest.from)}`;
  if (!fresh) return 'backtest ends before the monitor went back to trial';
  const score =
    backtest.precision === null
      ? 'no known events'
      : `precision ${backtest.precision.toFixed(2)}, ${backtest.caught} of ${backtest.events} caught`;
  const hindsight = backtest.inHindsight ? ', in hindsight' : '';
  return `${backtest.notifications} notifications in ${hours(backtest.to - backtest.from)}, ${score}${hindsight}`;
}

/**
 * People who may sign as technician of the responding crew: the crew's own; for a crew of one also those of the
 * neighbouring crews, so that nobody signs for himself alone.
 */
export function signingTechnicians(state: MonitorState, crewId: string): Set<PersonId> {
  const crew = state.crews.get(crewId);
  if (!crew) return new Set();
  if (crew.technicians.length > 1) return new Set(crew.technicians);
  return new Set([...state.crews.values()].flatMap((one) => one.technicians));
}

/** Two different people; one a technician of the responding crew; who proposed it counts as one. */
export function signOffItem(number: number, { state, version, definition, crew }: GateFile): GateItem {
  const proposer = version.proposedBy;
  const people = new Set(version.signOffs.map((signOff) => signOff.by));
  if (proposer) people.add(proposer);
  const technicians = signingTechnicians(state, definition.response?.crewId ?? '');
  const crewOfOne = (crew?.technicians.length ?? 0) <= 1;
  // In a crew of one, the proposer's own hands do not count as the second look.
  const byTechnician = [...people].some((by) => technicians.has(by) && !(crewOfOne && by === proposer));
  const met = proposer !== null && people.size >= 2 && byTechnician;
  const detail =
    proposer === null
      ? 'not proposed yet'
      : `signed by ${[...people].join(', ')}${byTechnician ? '' : '; no technician of the crew yet'}`;
  const mend = crewOfOne
    ? 'Propose it, then have a technician of a neighbouring crew sign.'
    : 'Propose it, then have a second person sign; one of the two is a technician of the responding crew.';
  return item(number, 'Sign-off by two people', met, detail, mend, 'technician');
}

/** Room in the crew's noise budget (domain reference 1.3); what guards people, food or A assets goes to the owner. */
export function noiseItem(number: number, { state, monitorId, version }: GateFile): GateItem {
  const title = 'Room in the noise budget';
  const answer = budgetFor(state, monitorId, version);
  if (!answer) {
    const mend = 'Record a backtest, or have a named person estimate the wrong visits a week; name the crew.';
    return item(number, title, false, 'wasted hours are not known', mend, 'reliability engineer');
  }
  const { waste, leftH, noiseH, walksPerWeek } = answer;
  const figures = `${waste.hPerWeek.toFixed(2)} of ${leftH.toFixed(2)} h a week left (of ${noiseH.toFixed(2)}), ${walksPerWeek.toFixed(1)} walks a week; ${waste.because}`;
  const ways = answer.wouldFit.length === 0 ? '' : ` It fits with ${answer.wouldFit.join(', or ')}.`;
  const detail = answer.ownerDecides
    ? `${figures}; over the budget, goes to the owner within 2 working days`
    : figures;
  const mend = `Make the monitor more precise, send another noisy monitor back to trial, or ask for more walking hours.${ways}`;
  return item(number, title, answer.fits || answer.ownerDecides, detail, mend, 'reliability engineer');
}
