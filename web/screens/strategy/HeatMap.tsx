import type { AssetView, StrategyView } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Empty } from '../../parts/states.tsx';
import { TEXTS } from './texts.ts';
import './heat-map.css';

const SCORES = [1, 2, 3, 4, 5] as const;
const MOST_IN_CELL = 4;

/** Assets by consequence and likelihood; the class is written, the ground only repeats it. */
export function HeatMap({ view }: { view: StrategyView }) {
  const scored = view.assets.filter((asset) => asset.scores !== null);
  return (
    <Panel title={TEXTS.heat} aside={TEXTS.heatHelp}>
      {scored.length === 0 ? (
        <Empty title={TEXTS.heatNone} because={TEXTS.heatNoneBecause} />
      ) : (
        <table className="heat">
          <caption className="unseen">{TEXTS.heat}</caption>
          <colgroup>
            <col className="heat-axis" />
            <col span={SCORES.length} />
          </colgroup>
          <tbody>
            {SCORES.toReversed().map((consequence) => (
              <tr key={consequence}>
                <th scope="row">
                  {consequence === 5 ? <span className="unseen">{TEXTS.heatRow} </span> : null}
                  {consequence}
                </th>
                {SCORES.map((likelihood) => (
                  <Cell key={likelihood} consequence={consequence} likelihood={likelihood} assets={scored} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td />
              {TEXTS.likelihoods.map((words) => (
                <th scope="col" key={words}>
                  {words}
                </th>
              ))}
            </tr>
          </tfoot>
        </table>
      )}
      {view.classWarning ? <p className="heat-warning">{view.classWarning}</p> : null}
    </Panel>
  );
}

function Cell(props: { consequence: number; likelihood: number; assets: readonly AssetView[] }) {
  const { consequence, likelihood } = props;
  const here = props.assets.filter(
    (asset) =>
      Math.floor(asset.scores?.consequence ?? 0) === consequence && asset.scores?.likelihood === likelihood,
  );
  const letter =
    consequence === 5 || consequence * likelihood >= 15 ? 'A' : consequence * likelihood >= 8 ? 'B' : 'C';
  return (
    <td className={`heat-${letter.toLowerCase()}`}>
      <span className="heat-letter" aria-hidden="true">
        {letter}
      </span>
      {here.slice(0, MOST_IN_CELL).map((asset) => (
        <a
          key={asset.assetId}
          href={`/strategy/asset/${asset.assetId}`}
          className={asset.scores?.firstAnswer ? 'heat-asset heat-first' : 'heat-asset'}
          title={`${asset.name}, class ${asset.criticality}`}
        >
          {shortId(asset.assetId)}
        </a>
      ))}
      {here.length > MOST_IN_CELL ? (
        <span className="small">{TEXTS.more(here.length - MOST_IN_CELL)}</span>
      ) : null}
    </td>
  );
}
