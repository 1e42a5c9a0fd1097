import './priority.css';

export type Priority = 1 | 2 | 3 | 4;

export const PRIORITY_WORD: Record<Priority, string> = {
  1: 'Now',
  2: 'Today',
  3: 'This week',
  4: 'Next stop',
};

const SHAPE: Record<Priority, string> = {
  1: 'M6.9 1.5h6.2l5.4 5.4v6.2l-5.4 5.4H6.9l-5.4-5.4V6.9z',
  2: 'M10 1.6 19 17.9H1z',
  3: 'M10 .9 19.1 10 10 19.1.9 10z',
  4: 'M1.6 10a8.4 8.4 0 1 0 16.8 0 8.4 8.4 0 1 0-16.8 0z',
};

interface ShapeProps {
  priority: Priority;
  /** 20 in lists, 16 in dense rows, 28 on walls. */
  size?: number;
  x?: number;
  y?: number;
}

/** Octagon, triangle, diamond or circle with its numeral; usable inside another drawing by `x` and `y`. */
export function PriorityShape(props: ShapeProps) {
  const size = props.size ?? 20;
  const place = props.x === undefined ? {} : { x: props.x, y: props.y ?? 0 };
  return (
    <svg
      className={`shape shape-${props.priority}`}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      aria-hidden="true"
      {...place}
    >
      <path d={SHAPE[props.priority]} strokeLinejoin="round" strokeWidth="1.3" />
      <text x="10" y={props.priority === 2 ? 15.6 : 14} textAnchor="middle">
        {props.priority}
      </text>
    </svg>
  );
}

/**
 * A priority by shape, numeral and word. `unacknowledged` draws a steady ring around the shape;
 * `wordless` keeps the word for those who listen.
 */
export function PriorityBadge(props: {
  priority: Priority;
  size?: number;
  unacknowledged?: boolean;
  wordless?: boolean;
}) {
  const word = PRIORITY_WORD[props.priority];
  return (
    <span className={props.unacknowledged ? `priority priority-new new-${props.priority}` : 'priority'}>
      <PriorityShape priority={props.priority} size={props.size ?? 20} />
      <span className={props.wordless ? 'unseen' : undefined}>{word}</span>
      <span className="unseen">
        {`, priority ${props.priority}${props.unacknowledged ? ', not yet acknowledged' : ''}`}
      </span>
    </span>
  );
}
