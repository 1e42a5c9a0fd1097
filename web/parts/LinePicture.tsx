import { usePlant } from '../format/plant.tsx';
import { money } from '../format/money.ts';
import { counted } from '../format/number.ts';
import { useElementSize } from '@mantine/hooks';
import { LineBranch, OPEN_MONEY } from './LineBranch.tsx';
import { type Geometry, geometryOf, type Layout, layOut, WIDE_WIDTH } from './line-layout.ts';
import type { LineGroup, LineTotals, PictureThread } from './line-shapes.ts';
import { PriorityShape } from './PriorityBadge.tsx';
import './line-picture.css';

/**
 * The whole line: one thread a failure mode, grouped by objective. Every stop with an address opens.
 * On a phone the same threads stand as a list, breaks first in each group.
 */
export function LinePicture(props: { groups: readonly LineGroup[]; totals: LineTotals }) {
  const layout = layOut(props.groups);
  const { ref, width } = useElementSize();
  const geometry = geometryOf(width === 0 ? WIDE_WIDTH : width);
  const threads = props.groups.flatMap((group) => group.threads);
  const breaks = threads.filter((thread) => thread.broken).length;
  const name = `The line: ${counted(threads.length, 'failure mode', 'failure modes')} from objective to money, ${counted(breaks, 'break', 'breaks')}`;
  return (
    <>
      <section className="picture-box" aria-label={name} tabIndex={0}>
        <div ref={ref}>
          <svg
            className="picture"
            viewBox={`0 0 ${geometry.width} ${layout.height}`}
            width={geometry.width}
            height={layout.height}
            role="group"
            aria-label={name}
          >
            <defs>
              <pattern
                id="picture-blind"
                width="5"
                height="5"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                <rect width="5" height="5" fill="var(--surface)" />
                <path d="M0 0V5" stroke="var(--data)" strokeWidth="2" />
              </pattern>
            </defs>
            <Heads totals={props.totals} geometry={geometry} />
            {layout.groups.map((placed) => (
              <LineBranch key={placed.group.id} placed={placed} geometry={geometry} />
            ))}
          </svg>
        </div>
      </section>
      <PhoneLine layout={layout} />
    </>
  );
}

function Heads({ totals, geometry }: { totals: LineTotals; geometry: Geometry }) {
  const { currency } = usePlant();
  const { stopX, moneyX, width } = geometry;
  const heads: [number, string, string, number?][] = [
    [0, 'Objective', `${totals.objectives}`],
    [stopX.asset + 12, 'Asset', `${totals.assets}`],
    [stopX.mode + 12, 'Failure mode', `${totals.modes}`],
    [stopX.monitor + 12, 'Monitor', `${totals.monitors}`],
    [stopX.alerts + 12, 'Alerts', `${totals.alerts}`],
    [stopX.notifications + 12, 'Notifications', `${totals.notifications}`],
    [stopX.orders + 12, 'Orders', `${totals.orders}`],
    [stopX.findings + 12, 'Findings', totals.due === 0 ? 'none' : `${totals.findings} of ${totals.due}`],
    [moneyX.avoided, 'Avoided', money(totals.avoidedMinor, { currency }), totals.avoidedOpenMinor],
    [moneyX.saved, 'Saved', money(totals.savedMinor, { currency }), totals.savedOpenMinor],
  ];
  return (
    <g>
      {heads.map(([x, word, value, openMinor]) => (
        <g key={word} textAnchor={openMinor === undefined ? 'start' : 'end'}>
          <text x={x} y={16} className="faint">
            {word}
          </text>
          <text x={x} y={42} className="total">
            {value}
          </text>
          {openMinor === undefined || openMinor === 0 ? null : (
            <text x={x} y={59} className="faint">
              {money(openMinor, { currency })} {OPEN_MONEY}
            </text>
          )}
        </g>
      ))}
      <path className="rule" d={`M0 68.5H${width}`} />
    </g>
  );
}

/** The key under the picture; the screen puts it in the panel's foot. */
export function LineKey() {
  return (
    <p className="picture-key">
      <span>
        <svg width="44" height="12" aria-hidden="true">
          <path d="M0 6h44" />
          <circle cx="22" cy="6" r="4.5" />
        </svg>
        unbroken
      </span>
      <span>
        <svg width="44" height="16" aria-hidden="true">
          <path d="M0 8h12M32 8h12M16 15l5-14M23 15l5-14" />
        </svg>
        broken, with the reason
      </span>
      <span>
        <PriorityShape priority={3} size={18} />
        open case at this stop
      </span>
      <span>
        <svg width="30" height="16" aria-hidden="true">
          <path d="M0 8h20M20 1v14" />
        </svg>
        ends by decision
      </span>
      <span className="mute picture-note">
        Sums are accepted money. Open money waits for finance and is not in them; avoided and saved are never
        added up.
      </span>
    </p>
  );
}

function PhoneLine({ layout }: { layout: Layout }) {
  return (
    <div className="picture-list">
      {layout.groups.map(({ group }) => (
        <section key={group.id}>
          <h2>{group.href ? <a href={group.href}>{group.name}</a> : group.name}</h2>
          <p className="mute small">{group.standing}</p>
          <ul>
            {group.threads.toSorted(brokenFirst).map((thread) => (
              <li key={thread.id} data-row="" tabIndex={-1}>
                <a href={thread.href}>
                  <b>{thread.asset.id}</b> {thread.mode.name}
                </a>
                <PhoneState thread={thread} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function brokenFirst(a: PictureThread, b: PictureThread): number {
  return Number(b.broken !== undefined) - Number(a.broken !== undefined);
}

function PhoneState({ thread }: { thread: PictureThread }) {
  if (thread.broken)
    return (
      <span className={thread.broken.priority === 1 ? 'pill pill-now' : 'pill'}>{thread.broken.words}</span>
    );
  if (thread.ended) return <span className="mute small">{thread.ended}</span>;
  if (thread.open) return <PriorityShape priority={thread.open.priority} />;
  return <span className="mute small">unbroken</span>;
}
