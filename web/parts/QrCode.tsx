import { qrModules } from './qr.ts';

/** Light modules around the code, without which a reader does not find it. */
const QUIET = 4;

/** A label's code, always dark on light: a reader cannot know which theme a person likes. */
export function QrCode(props: { text: string; size: number; name: string }) {
  const modules = qrModules(props.text);
  if (!modules) return null;
  const side = modules.length + 2 * QUIET;
  const path = modules
    .flatMap((row, r) => row.flatMap((dark, c) => (dark ? `M${c + QUIET} ${r + QUIET}h1v1h-1z` : [])))
    .join('');
  return (
    <svg
      className="qr"
      width={props.size}
      height={props.size}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={props.name}
    >
      <rect className="qr-ground" width={side} height={side} />
      <path className="qr-ink" d={path} shapeRendering="crispEdges" />
    </svg>
  );
}
