import { useWriter } from '../format/plant.tsx';
import './money-bar.css';

/** Amounts in minor units. All bars that stand together share `scaleMinor`, so lengths compare. */
export function MoneyBar(props: {
  name: string;
  acceptedMinor: number;
  verifiedMinor: number;
  estimatedMinor: number;
  scaleMinor: number;
}) {
  const { money } = useWriter();
  const scale = Math.max(props.scaleMinor, 1);
  const width = (minor: number) => ({ width: `${(Math.max(0, minor) / scale) * 100}%` });
  return (
    <div className="money">
      <div className="money-sums">
        <span>
          <b className="money-large">{money(props.acceptedMinor)}</b>
          <span>accepted by finance</span>
        </span>
        <span>
          <b>{money(props.verifiedMinor)}</b>
          <span>verified, waits</span>
        </span>
        <span>
          <b>{money(props.estimatedMinor)}</b>
          <span>estimated</span>
        </span>
      </div>
      <div
        className="money-bar"
        role="img"
        aria-label={`${props.name}: accepted ${money(props.acceptedMinor)}, verified ${money(props.verifiedMinor)}, estimated ${money(props.estimatedMinor)}`}
      >
        {props.acceptedMinor > 0 ? <i className="accepted" style={width(props.acceptedMinor)} /> : null}
        {props.acceptedMinor < 0 ? <i className="lost" style={width(-props.acceptedMinor)} /> : null}
        {props.verifiedMinor > 0 ? <i className="verified" style={width(props.verifiedMinor)} /> : null}
        {props.estimatedMinor > 0 ? <i className="estimated" style={width(props.estimatedMinor)} /> : null}
      </div>
    </div>
  );
}

/** A gain with + in green, a loss with − in plum, nothing as an empty cell. */
export function Amount(props: { minor: number | null; plain?: boolean }) {
  const { money } = useWriter();
  if (props.minor === null) return null;
  const tone = props.minor < 0 ? 'loss' : undefined;
  return <span className={tone}>{money(props.minor, { signed: !props.plain })}</span>;
}
