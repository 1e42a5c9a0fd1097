// Blind review: technicians look at past episodes without knowing what came of them, and say whether they would go.
import { personOf } from '#vocabulary/actor.ts';
import type { Context, Decision } from '#vocabulary/command.ts';
import type { PersonId } from '#vocabulary/ids.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { saysTheSame } from '#vocabulary/same.ts';
import type { KnownEpisode } from './agreement-events.ts';
import type { DataOf } from './commands.ts';
import { MAX_EPISODES, MIN_EPISODES } from './agreement.ts';
import { signingTechnicians } from './gate-evidence.ts';
import { notOfTheCrew, theProposer } from './refusals.ts';
import type { MonitorRecord, MonitorState, MonitorVersion } from './state.ts';

export function openReview(
  monitor: MonitorRecord,
  { version: number, episodes }: DataOf<'monitor.open-review'>,
  { actor }: Context,
): Decision {
  const version = monitor.versions.get(number);
  if (!version || monitor.lifecycle === 'retired') return noVersion(monitor, number);
  const wrong = problemsOfEpisodes(episodes);
  if (wrong) return wrong;
  if (version.review) {
    if (saysTheSame(version.review.episodes, episodes)) return [];
    if (version.review.signed.length > 0) {
      return refuse(
        'E-MONITOR-070',
        `Version ${number} was reviewed by ${version.review.signed.length} already.`,
        'Make a new version to review it on other episodes.',
      );
    }
  }
  const data = { monitorId: monitor.monitorId, version: number, episodes, by: personOf(actor) };
  return [{ type: 'monitor.review-opened', v: 1, data }];
}

function problemsOfEpisodes(episodes: readonly KnownEpisode[]): Refusal | null {
  if (episodes.length < MIN_EPISODES || episodes.length > MAX_EPISODES) {
    return refuse(
      'E-MONITOR-071',
      `${episodes.length} episodes are given; a blind review shows ${MIN_EPISODES} to ${MAX_EPISODES}.`,
      'Mark the breakdowns that people remember and record a backtest of a longer history; the gate asks for a review only where there are enough.',
    );
  }
  const ids = new Set(episodes.map((one) => one.episodeId));
  const sound = episodes.every((one) => one.fromMs < one.toMs && one.toMs <= one.atMs);
  if (ids.size < episodes.length || !sound) {
    return refuse(
      'E-MONITOR-072',
      'An episode is given twice, or shows readings from after its alert.',
      'Give each episode once, with the readings before its alert only.',
    );
  }
  return null;
}

export function signReview(
  state: MonitorState,
  monitor: MonitorRecord,
  { version: number, agreed, of, commentRef }: DataOf<'monitor.sign-review'>,
  by: PersonId,
): Decision {
  const version = monitor.versions.get(number);
  if (!version) return noVersion(monitor, number);
  if (!version.review) {
    return refuse(
      'E-MONITOR-073',
      `No episodes of version ${number} have been shown.`,
      'Open the review first.',
    );
  }
  if (!isOfTheCrew(state, version, by)) {
    return notOfTheCrew(
      by,
      'Have one of the people answer who will go there; for a crew of one, a neighbouring crew.',
    );
  }
  if (version.proposedBy === by) return theProposer(by, 'Have a colleague of the crew answer it.');
  if (version.review.signed.some((one) => one.by === by)) {
    return refuse(
      'E-MONITOR-074',
      'You have answered this review already; a second look is no longer blind.',
      'Have a colleague of the crew answer it.',
    );
  }
  const whole = Number.isInteger(agreed) && agreed >= 0 && agreed <= of;
  if (of !== version.review.episodes.length || !whole) {
    return refuse(
      'E-MONITOR-075',
      `${agreed} of ${of} is no answer to ${version.review.episodes.length} episodes.`,
      'Answer every episode, then sign.',
    );
  }
  const data = { monitorId: monitor.monitorId, version: number, by, agreed, of, commentRef };
  return [{ type: 'monitor.review-signed', v: 1, data }];
}

function isOfTheCrew(state: MonitorState, { definition }: MonitorVersion, by: PersonId): boolean {
  return signingTechnicians(state, definition.response?.crewId ?? '').has(by);
}

function noVersion(monitor: MonitorRecord, version: number): Refusal {
  return refuse(
    'E-MONITOR-004',
    `There is no version ${version} of monitor "${monitor.monitorId}" to review.`,
    'Take the version from the monitor page.',
  );
}
