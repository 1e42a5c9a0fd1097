/** The eight answers a visit can give, each with its own mark and no colour. */
export type Finding =
  | 'as-stated'
  | 'other-fault'
  | 'too-early'
  | 'process'
  | 'nothing'
  | 'sensor'
  | 'known'
  | 'not-checked';

export const FINDING_WORD: Record<Finding, string> = {
  'as-stated': 'as stated',
  'other-fault': 'other fault',
  'too-early': 'too early to see',
  process: 'process, product or cleaning',
  nothing: 'nothing found',
  sensor: 'sensor or wiring',
  known: 'already known',
  'not-checked': 'not checked',
};

export const FINDINGS = Object.keys(FINDING_WORD) as Finding[];

/** The mark alone, on a field of 14; usable inside another drawing by `x` and `y`. */
export function FindingShape(props: { finding: Finding; size?: number; x?: number; y?: number }) {
  const size = props.size ?? 14;
  const place = props.x === undefined ? {} : { x: props.x, y: props.y ?? 0 };
  return (
    <svg
      className="finding-shape"
      width={size}
      height={size}
      viewBox="0 0 14 14"
      aria-hidden="true"
      fill="none"
      stroke="var(--data)"
      strokeWidth="1.4"
      {...place}
    >
      {drawing(props.finding)}
    </svg>
  );
}

function drawing(finding: Finding) {
  const ring = <circle cx="7" cy="7" r="5.4" fill="var(--surface)" />;
  switch (finding) {
    case 'as-stated':
      return (
        <>
          <circle cx="7" cy="7" r="6" fill="var(--data)" stroke="none" />
          <path d="M4.2 7.2l2 2 3.7-4" stroke="var(--surface)" strokeWidth="1.5" />
        </>
      );
    case 'other-fault':
      return (
        <>
          {ring}
          <path d="M7 1.6a5.4 5.4 0 0 1 0 10.8z" fill="var(--data)" stroke="none" />
        </>
      );
    case 'too-early':
      return (
        <>
          {ring}
          <path d="M7 7V1.6A5.4 5.4 0 0 1 12.4 7z" fill="var(--data)" stroke="none" />
        </>
      );
    case 'process':
      return <path d="M7 1.2 12.8 7 7 12.8 1.2 7z" fill="var(--surface)" strokeLinejoin="round" />;
    case 'nothing':
      return ring;
    case 'sensor':
      return (
        <>
          {ring}
          <path d="M3.3 10.7l7.4-7.4" />
        </>
      );
    case 'known':
      return <path d="M2.2 5h9.6M2.2 9h9.6" strokeWidth="1.8" />;
    case 'not-checked':
      return <circle cx="7" cy="7" r="5.4" fill="var(--surface)" strokeDasharray="2 2" />;
  }
}

/** Mark and word; `words` replaces the plain word where a screen says it in its own context. */
export function FindingMark(props: { finding: Finding; size?: number; words?: string; wordless?: boolean }) {
  return (
    <span className="line-up nowrap finding-mark">
      <FindingShape finding={props.finding} size={props.size ?? 14} />
      <span className={props.wordless ? 'unseen' : undefined}>
        {props.words ?? FINDING_WORD[props.finding]}
      </span>
    </span>
  );
}
