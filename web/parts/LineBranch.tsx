import { usePlant } from '../format/plant.tsx';
import { money } from '../format/money.ts';
import { type Geometry, labelPlace, type PlacedGroup } from './line-layout.ts';
import { PICTURE_STOPS, type PictureStop, type PictureThread } from './line-shapes.ts';
import { PriorityShape } from './PriorityBadge.tsx';

const COUNTED: readonly PictureStop[] = ['alerts', 'notifications', 'orders', 'findings'];
/** One objective with its threads. */
export function LineBranch({ placed, geometry }: { placed: PlacedGroup; geometry: Geometry }) {
  const { group, y, rows } = placed;
  const { rootX, trunkX, stopX, wordsWidth } = geometry;
  const title = (
    <foreignObject x={0} y={y - 34} width={wordsWidth.objective} height={38}>
      <p className="picture-name" title={group.name}>
        <span>{group.name}</span>
      </p>
    </foreignObject>
  );
  return (
    <g>
      {group.href ? <a href={group.href}>{title}</a> : title}
      <foreignObject x={0} y={y + 4} width={wordsWidth.objective} height={18}>
        {group.now ? (
          <p className="picture-words" title={`Orders show ${group.now.value} ${group.now.unit}`}>
            now <b>{group.now.value}</b> {group.now.unit}
          </p>
        ) : (
          <p className="picture-words">not measured yet</p>
        )}
      </foreignObject>
      <foreignObject x={0} y={y + 20} width={wordsWidth.objective} height={32}>
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
              ? `M${rootX} ${y}H${stopX.asset}`
              : `M${trunkX} ${y}V${row - 8}Q${trunkX} ${row} ${trunkX + 8} ${row}H${stopX.asset}`
          }
        />
      ))}
      <circle className="dot" cx={rootX} cy={y} r={6} />
      {group.threads.map((thread, place) => (
        <Thread key={thread.id} geometry={geometry} thread={thread} y={rows[place] ?? y} />
      ))}
    </g>
  );
}

interface OnThread {
  geometry: Geometry;
  thread: PictureThread;
  y: number;
}

function Thread(on: OnThread) {
  const { thread, y } = on;
  const reach = reached(thread);
  return (
    <g>
      <Wires {...on} reach={reach} />
      <Stops {...on} />
      <Words {...on} />
      {thread.broken ? <Break {...on} /> : null}
      {thread.open ? (
        <a
          href={thread.open.href}
          aria-label={`open case, priority ${thread.open.priority}, ${thread.asset.id}`}
        >
          <PriorityShape
            priority={thread.open.priority}
            x={on.geometry.stopX[thread.open.at] - 10}
            y={y - 10}
          />
        </a>
      ) : null}
      <Money {...on} />
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

function Wires({ geometry, thread, y, reach }: OnThread & { reach: number }) {
  const { stopX, arrowX, breakAfter } = geometry;
  const stops = present(thread);
  const solidEnd = PICTURE_STOPS[reach] ?? 'asset';
  const last = stops[stops.length - 1] ?? 'asset';
  if (thread.ended) {
    const end = stopX.monitor - 18;
    return (
      <g>
        <path className="wire" d={`M${stopX.asset} ${y}H${end}`} />
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
        <path className="wire" d={`M${stopX.asset} ${y}H${arrowX}`} />
        <path className="arrow" d={`M${arrowX - 4} ${y - 4}l5 4-5 4`} />
      </g>
    );
  }
  const strokes = stopX[solidEnd] + breakAfter[solidEnd];
  const solidTo = thread.monitor?.blind ? stopX.monitor : strokes;
  return (
    <g>
      <path className="wire" d={`M${stopX.asset} ${y}H${solidTo}`} />
      {stopX[last] > strokes ? (
        <path className="wire dashed" d={`M${strokes + 18} ${y}H${stopX[last]}`} />
      ) : null}
    </g>
  );
}

function Stops({ geometry, thread, y }: OnThread) {
  const { stopX } = geometry;
  const reach = reached(thread);
  const missing = thread.counts !== undefined && thread.counts.findings < thread.counts.due;
  return (
    <g>
      {present(thread).map((stop) => {
        if (stop === 'monitor' && thread.monitor?.blind) {
          return <circle key={stop} className="blind" cx={stopX.monitor} cy={y} r={7} />;
        }
        const hollow =
          PICTURE_STOPS.indexOf(stop) > reach ||
          (stop === 'findings' && missing && thread.broken !== undefined);
        return <circle key={stop} className={hollow ? 'ring' : 'dot'} cx={stopX[stop]} cy={y} r={4.5} />;
      })}
    </g>
  );
}

function Words({ geometry, thread, y }: OnThread) {
  const { stopX, wordsWidth } = geometry;
  const up = y - 6;
  const { counts } = thread;
  return (
    <g>
      <a href={thread.asset.href}>
        <CutWords
          x={stopX.asset + 12}
          y={up}
          width={wordsWidth.asset}
          lead={thread.asset.id}
          words={thread.asset.name}
        />
      </a>
      <a href={thread.mode.href}>
        <CutWords x={stopX.mode + 12} y={up} width={wordsWidth.mode} words={thread.mode.name} />
      </a>
      {thread.monitor ? (
        <a href={thread.monitor.href}>
          <text x={stopX.monitor + 12} y={up} className="strong">
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
              <text x={stopX[stop] + (thread.open?.at === stop ? 15 : 12)} y={up}>
                {countWords(counts, stop)}
              </text>
            </a>
          ))
        : null}
    </g>
  );
}

/** Words on a baseline at `y`, cut to `width` with an ellipsis; the whole stands in the title. */
function CutWords(props: { x: number; y: number; width: number; lead?: string; words: string }) {
  const whole = props.lead ? `${props.lead} ${props.words}` : props.words;
  return (
    <foreignObject x={props.x} y={props.y - 13} width={props.width} height={18}>
      <p className="picture-words" title={whole}>
        {props.lead ? <b>{props.lead} </b> : null}
        {props.words}
      </p>
    </foreignObject>
  );
}

function countWords(counts: NonNullable<PictureThread['counts']>, stop: PictureStop): string {
  if (stop === 'findings') return counts.due === 0 ? 'none' : `${counts.findings} of ${counts.due}`;
  return String(counts[stop as 'alerts' | 'notifications' | 'orders']);
}

/** Two strokes and the reason in words on the spot. */
function Break({ geometry, thread, y }: OnThread) {
  const broken = thread.broken;
  if (!broken) return null;
  const x = geometry.stopX[broken.after] + geometry.breakAfter[broken.after];
  const urgent = broken.priority === 1;
  const place = labelPlace(geometry, broken.words, x + 16, broken.after, thread.counts !== undefined);
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

function Money({ geometry, thread, y }: OnThread) {
  const { currency } = usePlant();
  const { avoided, saved } = geometry.moneyX;
  const columns = [
    [avoided, thread.avoidedMinor, thread.avoidedOpenMinor],
    [saved, thread.savedMinor, thread.savedOpenMinor],
  ] as const;
  return (
    <g textAnchor="end">
      {columns.map(([x, minor, openMinor]) => (
        <g key={x}>
          {minor === undefined ? null : (
            <text x={x} y={y + 4} className={minor < 0 ? 'sum sum-loss' : 'sum'}>
              {money(minor, { currency })}
            </text>
          )}
          {openMinor === undefined ? null : (
            <text x={x} y={y + 18} className="faint">
              {money(openMinor, { currency })} {OPEN_MONEY}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

/** Booked, and not accepted by finance: never part of a sum. */
export const OPEN_MONEY = 'open';
