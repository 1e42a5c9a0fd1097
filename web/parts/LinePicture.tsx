import { usePlant } from '../format/plant.tsx';
import { money } from '../format/money.ts';
import { counted } from '../format/number.ts';
import { LineBranch } from './LineBranch.tsx';
import { type Layout, layOut, MONEY_X, PICTURE_WIDTH, STOP_X } from './line-layout.ts';
import type { LineGroup, LineTotals, PictureThread } from './line-shapes.ts';
import { PriorityShape } from './PriorityBadge.tsx';
import './line-picture.css';

/**
 * The whole line: one thread a failure mode, grouped by objective. Every stop with an address opens.
 * On a phone the same threads stand as a list, breaks first in each group.
 */
export function LinePicture(props: { groups: readonly LineGroup[]; totals: LineTotals }) {
  const layout = layOut(props.groups);
  const threads = props.groups.flatMap((group) => group.threads);
  const breaks = threads.filter((thread) => thread.broken).length;
  const name = `The line: ${counted(threads.length, 'failure mode', 'failure modes')} from objective to money, ${counted(breaks, 'break', 'breaks')}`;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="picture-box" aria-label={name} tabIndex={0}>
        <svg
          className="picture"
          viewBox={`0 0 ${PICTURE_WIDTH} ${layout.height}`}
          width={PICTURE_WIDTH}
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
          <Heads totals={props.totals} />
          {layout.groups.map((placed) => (
            <LineBranch key={placed.group.id} placed={placed} />
          ))}
        </svg>
      </section>
      <PhoneLine layout={layout} />
    </>
  );
}

function Heads({ totals }: { totals: LineTotals }) {
  const { currency } = usePlant();
  const heads: [number, string, string, boolean][] = [
    [0, 'Objective', `${totals.objectives}`, false],
    [STOP_X.asset + 12, 'Asset', `${totals.assets}`, false],
    [STOP_X.mode + 12, 'Failure mode', `${totals.modes}`, false],
    [STOP_X.monitor + 12, 'Monitor', `${totals.monitors}`, false],
    [STOP_X.alerts + 12, 'Alerts', `${totals.alerts}`, false],
    [STOP_X.notifications + 12, 'Notifications', `${totals.notifications}`, false],
    [STOP_X.orders + 12, 'Orders', `${totals.orders}`, false],
    [STOP_X.findings + 12, 'Findings', `${totals.findings} of ${totals.due}`, false],
    [MONEY_X.avoided, 'Avoided', money(totals.avoidedMinor, { currency }), true],
    [MONEY_X.saved, 'Saved', money(totals.savedMinor, { currency }), true],
  ];
  return (
    <g>
      {heads.map(([x, word, value, end]) => (
        <g key={word} textAnchor={end ? 'end' : 'start'}>
          <text x={x} y={16} className="faint">
            {word}
          </text>
          <text x={x} y={42} className="total">
            {value}
          </text>
        </g>
      ))}
      <path className="rule" d={`M0 60.5H${PICTURE_WIDTH}`} />
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
      <span className="mute picture-note">Avoided cost and money saved are never added up.</span>
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
