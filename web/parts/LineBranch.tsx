import { usePlant } from '../format/plant.tsx';
import { money } from '../format/money.ts';
import {
  ARROW_X,
  labelPlace,
  MONEY_X,
  type PlacedGroup,
  ROOT_X,
  STOP_X,
  TRUNK_X,
  WORDS_WIDTH,
} from './line-layout.ts';
import { PICTURE_STOPS, type PictureStop, type PictureThread } from './line-shapes.ts';
import { PriorityShape } from './PriorityBadge.tsx';

const COUNTED: readonly PictureStop[] = ['alerts', 'notifications', 'orders', 'findings'];
/** Where the two strokes stand after each stop, so that they miss its words. */
const BREAK_AFTER: Record<PictureStop, number> = {
  asset: 132,
  mode: 124,
  monitor: 50,
  alerts: 40,
  notifications: 50,
  orders: 51,
  findings: 44,
};

/** One objective with its threads. */
export function LineBranch({ placed }: { placed: PlacedGroup }) {
  const { group, y, rows } = placed;
  const title = (
    <CutWords x={0} y={y - 2} width={WORDS_WIDTH.objective} words={group.name} className="name" />
  );
  return (
    <g>
      {group.href ? <a href={group.href}>{title}</a> : title}
      <text x={0} y={y + 15} className="soft">
        {group.now ? (
          <>
            now <tspan className="strong">{group.now.value}</tspan> {group.now.unit}
          </>
        ) : (
          'not measured yet'
        )}
      </text>
      <foreignObject x={0} y={y + 20} width={WORDS_WIDTH.objective} height={32}>
        <p className="picture-standing" title={group.standing}>
          {group.standing}
        </p>
      </foreignObject>
      {rows.map((row, place) => (
        <path
          key={group.threads[place]?.id}
          className="wire"
          d={
            place === 0
              ? `M${ROOT_X} ${y}H${STOP_X.asset}`
              : `M${TRUNK_X} ${y}V${row - 8}Q${TRUNK_X} ${row} ${TRUNK_X + 8} ${row}H${STOP_X.asset}`
          }
        />
      ))}
      <circle className="dot" cx={ROOT_X} cy={y} r={6} />
      {group.threads.map((thread, place) => (
        <Thread key={thread.id} thread={thread} y={rows[place] ?? y} />
      ))}
    </g>
  );
}

function Thread({ thread, y }: { thread: PictureThread; y: number }) {
  const reach = reached(thread);
  return (
    <g>
      <Wires thread={thread} y={y} reach={reach} />
      <Stops thread={thread} y={y} />
      <Words thread={thread} y={y} />
      {thread.broken ? <Break thread={thread} y={y} /> : null}
      {thread.open ? (
        <a
          href={thread.open.href}
          aria-label={`open case, priority ${thread.open.priority}, ${thread.asset.id}`}
        >
          <PriorityShape priority={thread.open.priority} x={STOP_X[thread.open.at] - 10} y={y - 10} />
        </a>
      ) : null}
      <Money thread={thread} y={y} />
    </g>
  );
}

/** Index of the last stop that the solid line touches. */
function reached(thread: PictureThread): number {
  if (thread.broken) return PICTURE_STOPS.indexOf(thread.broken.after);
  if (thread.ended) return PICTURE_STOPS.indexOf('mode');
  return PICTURE_STOPS.length - 1;
}

/** Stops that exist on this thread, in order. */
function present(thread: PictureThread): PictureStop[] {
  return PICTURE_STOPS.filter((stop) => {
    if (stop === 'asset' || stop === 'mode') return true;
    if (stop === 'monitor') return thread.monitor !== undefined;
    return thread.counts !== undefined;
  });
}

function Wires({ thread, y, reach }: { thread: PictureThread; y: number; reach: number }) {
  const stops = present(thread);
  const solidEnd = PICTURE_STOPS[reach] ?? 'asset';
  const last = stops[stops.length - 1] ?? 'asset';
  if (thread.ended) {
    const end = STOP_X.mode + 120;
    return (
      <g>
        <path className="wire" d={`M${STOP_X.asset} ${y}H${end}`} />
        <path className="bar" d={`M${end} ${y - 7}v14`} />
        <text x={end + 14} y={y + 4} className="soft">
          Ends here by decision: {thread.ended}
        </text>
      </g>
    );
  }
  if (!thread.broken) {
    return (
      <g>
        <path className="wire" d={`M${STOP_X.asset} ${y}H${ARROW_X}`} />
        <path className="arrow" d={`M${ARROW_X - 4} ${y - 4}l5 4-5 4`} />
      </g>
    );
  }
  const strokes = STOP_X[solidEnd] + BREAK_AFTER[solidEnd];
  const solidTo = thread.monitor?.blind ? STOP_X.monitor : strokes;
  return (
    <g>
      <path className="wire" d={`M${STOP_X.asset} ${y}H${solidTo}`} />
      {STOP_X[last] > strokes ? (
        <path className="wire dashed" d={`M${strokes + 18} ${y}H${STOP_X[last]}`} />
      ) : null}
    </g>
  );
}

function Stops({ thread, y }: { thread: PictureThread; y: number }) {
  const reach = reached(thread);
  const missing = thread.counts !== undefined && thread.counts.findings < thread.counts.due;
  return (
    <g>
      {present(thread).map((stop) => {
        if (stop === 'monitor' && thread.monitor?.blind) {
          return <circle key={stop} className="blind" cx={STOP_X.monitor} cy={y} r={7} />;
        }
        const hollow =
          PICTURE_STOPS.indexOf(stop) > reach ||
          (stop === 'findings' && missing && thread.broken !== undefined);
        return <circle key={stop} className={hollow ? 'ring' : 'dot'} cx={STOP_X[stop]} cy={y} r={4.5} />;
      })}
    </g>
  );
}

function Words({ thread, y }: { thread: PictureThread; y: number }) {
  const up = y - 6;
  const { counts } = thread;
  return (
    <g>
      <a href={thread.asset.href}>
        <CutWords
          x={STOP_X.asset + 12}
          y={up}
          width={WORDS_WIDTH.asset}
          lead={thread.asset.id}
          words={thread.asset.name}
        />
      </a>
      <a href={thread.mode.href}>
        <CutWords x={STOP_X.mode + 12} y={up} width={WORDS_WIDTH.mode} words={thread.mode.name} />
      </a>
      {thread.monitor ? (
        <a href={thread.monitor.href}>
          <text x={STOP_X.monitor + 12} y={up} className="strong">
            {thread.monitor.id}
          </text>
        </a>
      ) : null}
      {counts
        ? COUNTED.map((stop) => (
            <a
              key={stop}
              href={thread.countHref?.[stop] ?? thread.href}
              aria-label={`${thread.mode.name}: ${stop} ${countWords(counts, stop)}`}
            >
              <text x={STOP_X[stop] + (thread.open?.at === stop ? 15 : 12)} y={up}>
                {countWords(counts, stop)}
              </text>
            </a>
          ))
        : null}
    </g>
  );
}

/** Words on a baseline at `y`, cut to `width` with an ellipsis; the whole stands in the title. */
function CutWords(props: {
  x: number;
  y: number;
  width: number;
  lead?: string;
  words: string;
  className?: string;
}) {
  const whole = props.lead ? `${props.lead} ${props.words}` : props.words;
  return (
    <foreignObject x={props.x} y={props.y - 13} width={props.width} height={18}>
      <p className={props.className ? `picture-words ${props.className}` : 'picture-words'} title={whole}>
        {props.lead ? <b>{props.lead} </b> : null}
        {props.words}
      </p>
    </foreignObject>
  );
}

function countWords(counts: NonNullable<PictureThread['counts']>, stop: PictureStop): string {
  if (stop === 'findings') return `${counts.findings} of ${counts.due}`;
  return String(counts[stop as 'alerts' | 'notifications' | 'orders']);
}

/** Two strokes and the reason in words on the spot. */
function Break({ thread, y }: { thread: PictureThread; y: number }) {
  const broken = thread.broken;
  if (!broken) return null;
  const x = STOP_X[broken.after] + BREAK_AFTER[broken.after];
  const urgent = broken.priority === 1;
  const place = labelPlace(broken.words, x + 16, broken.after, thread.counts !== undefined);
  const label = (
    <span className={`${urgent ? 'pill pill-now' : 'pill'}${place.under ? ' pill-low' : ''}`}>
      {broken.words}
    </span>
  );
  return (
    <g>
      <path
        className={urgent ? 'strokes strokes-now' : 'strokes'}
        d={`M${x + 1} ${y + 8}l5-16M${x + 10} ${y + 8}l5-16`}
      />
      <foreignObject x={place.x} y={place.under ? y + 8 : y - 11} width={PICTURE_LABEL_WIDTH} height={22}>
        {broken.href ? <a href={broken.href}>{label}</a> : label}
      </foreignObject>
    </g>
  );
}

const PICTURE_LABEL_WIDTH = 420;

function Money({ thread, y }: { thread: PictureThread; y: number }) {
  const { currency } = usePlant();
  const columns = [
    [MONEY_X.avoided, thread.avoidedMinor],
    [MONEY_X.saved, thread.savedMinor],
  ] as const;
  return (
    <g textAnchor="end">
      {columns.map(([x, minor]) =>
        minor === undefined ? null : (
          <text key={x} x={x} y={y + 4} className={minor < 0 ? 'sum sum-loss' : 'sum'}>
            {money(minor, { currency })}
          </text>
        ),
      )}
    </g>
  );
}
