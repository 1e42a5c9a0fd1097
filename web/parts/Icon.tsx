/** Line drawings on a 16 by 16 field, 1.4 wide; each has one meaning. */
const PATHS = {
  today: 'M2.5 7.5 8 3l5.5 4.5M4 6.8V13h8V6.8',
  line: 'M1 8h3.4M11.6 8H15M4.4 8a3.6 3.6 0 1 0 7.2 0 3.6 3.6 0 1 0-7.2 0',
  access: 'M2.3 8a2.7 2.7 0 1 0 5.4 0 2.7 2.7 0 1 0-5.4 0M7.7 8H14M11.5 8v2.4',
  find: 'M2.7 7a4.3 4.3 0 1 0 8.6 0 4.3 4.3 0 1 0-8.6 0M10.3 10.3l3.2 3.2',
  unseen: 'M1.5 8S4 4 8 4s6.5 4 6.5 4-2.5 4-6.5 4-6.5-4-6.5-4M3 13.5l10-11',
  clock: 'M2.3 8a5.7 5.7 0 1 0 11.4 0A5.7 5.7 0 1 0 2.3 8M8 4.8V8l2.2 1.6',
  offline:
    'M2 6.2a9 9 0 0 1 3-1.9M14 6.2a9 9 0 0 0-5.2-2.5M4.3 8.8a5.5 5.5 0 0 1 2.4-1.4M11.7 8.8a5.5 5.5 0 0 0-1.3-.9M8 12.3h.1M2.5 2.5l11 11',
  question: 'M5.6 6A2.4 2.4 0 1 1 8.9 8.3c-.6.3-.9.7-.9 1.4M8 12v.3',
  pen: 'M3 13l.7-3 6.8-6.8 2.3 2.3L6 12.3zM9.3 4.4l2.3 2.3',
  scales: 'M8 2.5v11M5 13.5h6M3 5h10M3 5 1.2 9.4h3.6zM13 5l-1.8 4.4h3.6z',
  breaks: 'M1 8h4M11 8h4M6.2 11l1-6M9 11l1-6',
  scan: 'M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5H11M13.5 9.5V11M9.5 13.5H11M12 12h1.5v1.5',
  add: 'M8 3v10M3 8h10',
  back: 'M10 3.5 5.5 8l4.5 4.5',
  forward: 'M6 3.5 10.5 8 6 12.5',
  down: 'M3.5 6 8 10.5 12.5 6',
  up: 'M3.5 10 8 5.5l4.5 4.5',
  tick: 'M3.2 8.4l3.1 3.1 6.5-7',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  camera: 'M2.5 5h2.3l1-1.5h4.4l1 1.5h2.3v7.5h-11zM5.8 8.6a2.2 2.2 0 1 0 4.4 0 2.2 2.2 0 1 0-4.4 0',
  voice: 'M6.3 4.2a1.7 1.7 0 1 1 3.4 0v3.6a1.7 1.7 0 1 1-3.4 0zM4 7.8a4 4 0 0 0 8 0M8 11.8v1.9',
  moon: 'M12.8 9.6A5.4 5.4 0 0 1 6.4 3.2a5.4 5.4 0 1 0 6.4 6.4z',
  copy: 'M5.5 5.5h7v7h-7zM10.5 5.5v-2h-7v7h2',
  download: 'M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13.2h10',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon(props: { name: IconName; size?: number }) {
  const size = props.size ?? 16;
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={props.name === 'more' ? 2.2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[props.name]} />
    </svg>
  );
}
