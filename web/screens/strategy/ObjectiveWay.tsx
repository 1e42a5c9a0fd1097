import type { ObjectiveView } from '../../../src/api/contract.ts';
import { number } from '../../format/number.ts';
import { KpiBar } from '../../parts/KpiBar.tsx';
import { TEXTS } from './objective-texts.ts';

/** Baseline left, target right, a ring for now; without a measurement the way stands empty. */
export function ObjectiveWay({ objective }: { objective: ObjectiveView }) {
  const { baseline, now, target, name, unit } = objective;
  if (baseline === null || target === null) {
    return (
      <span className="small mute">
        {baseline === null ? TEXTS.noBaseline : number(baseline)}
        {target === null ? '' : ` → ${number(target)} ${unit}`}
      </span>
    );
  }
  if (now !== null) return <KpiBar kpi={{ name, baseline, now, target, unit, decimals: 1 }} />;
  const words = `${name}: baseline ${number(baseline)}, target ${number(target)} ${unit}, ${TEXTS.notMeasured}`;
  return (
    <div className="kpi" role="img" aria-label={words}>
      <span className="kpi-end right">{number(baseline)}</span>
      <span className="kpi-track" />
      <b className="kpi-end">{number(target)}</b>
    </div>
  );
}
