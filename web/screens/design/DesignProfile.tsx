import { useId } from 'react';
import { number } from '../../format/number.ts';
import type { Profile } from './design-data.ts';
import { TEXTS } from './texts.ts';

const WIDTH = 150;
/** Room above and under the bars, as the chart beside has it. */
const TOP = 24;
const BOTTOM = 26;

/** For every limit beside the axis: true (solid), false (hatched) and missed. Without known breakdowns only how many. */
export function DesignProfile(props: {
  profile: Profile;
  low: number;
  high: number;
  limit: number;
  height: number;
}) {
  const { profile, low, high, limit, height } = props;
  const hatch = useId();
  const room = height - TOP - BOTTOM;
  const y = (value: number) => TOP + (1 - (value - low) / (high - low)) * room;
  const each = (profile.high - profile.low) / 40;
  const thick = Math.max(2, (each / (high - low)) * room - 1);
  // Beyond this a limit is noise in any case; the scale is kept for those worth a look.
  const most = Math.max(4, ...profile.steps.map((step) => Math.min(step.notifications, 24)));
  const width = (count: number) => (Math.min(count, most) / most) * (WIDTH - 34);
  const nearest = profile.steps.reduce<(typeof profile.steps)[number] | null>(
    (best, step) => (best && Math.abs(best.limit - limit) <= Math.abs(step.limit - limit) ? best : step),
    null,
  );
  const scored = profile.steps.some((step) => step.hits !== null);
  // Told where it changes only; a word at every bar would hide the bars.
  const told = profile.steps.map((step, place) => {
    const before = place === 0 ? 0 : (profile.steps[place - 1]?.missed ?? 0);
    return step.missed && step.missed !== before ? step.missed : null;
  });
  return (
    <figure className="design-profile">
      <figcaption className="small">{TEXTS.profile}</figcaption>
      <svg
        width={WIDTH}
        height={height}
        role="img"
        aria-label={TEXTS.profileSays(profile.steps.length, scored)}
      >
        <defs>
          <pattern
            id={hatch}
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <path d="M0 0V5" className="trend-hatch" />
          </pattern>
        </defs>
        <path className="design-axis" d={`M0.5 ${TOP}V${height - BOTTOM}`} />
        {profile.steps.map((step, place) => {
          const solid = width(step.hits ?? 0);
          const rest = width(step.notifications) - solid;
          const top = y(step.limit) - thick / 2;
          const newMiss = told[place] ?? null;
          return (
            <g key={step.limit}>
              <rect
                x="1"
                y={top}
                width={solid}
                height={thick}
                className={step === nearest ? 'design-true design-here' : 'design-true'}
              />
              <rect
                x={1 + solid}
                y={top}
                width={Math.max(0, rest)}
                height={thick}
                fill={`url(#${hatch})`}
                className="design-false"
              />
              {newMiss === null ? null : (
                <text x={solid + Math.max(0, rest) + 7} y={top + thick / 2 + 4}>
                  {TEXTS.missedAt(newMiss)}
                </text>
              )}
            </g>
          );
        })}
        <path className="trend-limit-moving" d={`M0 ${y(limit)}H${WIDTH - 8}`} />
      </svg>
      <p className="small mute design-key" aria-hidden="true">
        {scored ? (
          <>
            {TEXTS.hits} <i className="design-key-true" /> {TEXTS.misses} <i className="design-key-false" />
          </>
        ) : (
          TEXTS.unscored
        )}
        {most >= 24 ? <> {TEXTS.cut(number(most, 0))}</> : null}
      </p>
    </figure>
  );
}
