import type { DesignAnswer, DesignFigures as Figures, DesignMeaning } from '../../../src/api/contract.ts';
import { counted, number } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { FindingMark } from '../../parts/FindingMark.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Failure } from '../../parts/states.tsx';
import type { Judged } from './design-data.ts';
import { TEXTS } from './texts.ts';

/** What the limit would have done on history, on the part that did not choose it, and what that costs. */
export function DesignFigures(props: { judged: Judged; title: string; besideTitle: string | null }) {
  const { judged, title, besideTitle } = props;
  const { answer, problem } = judged;
  const { span } = useWriter();
  const first = answer?.judged[0];
  const second = besideTitle === null ? undefined : answer?.judged[1];
  const length =
    first && first.whole.toMs > first.whole.fromMs ? span(first.whole.toMs - first.whole.fromMs) : null;
  return (
    <Panel title={title} aside={length} className="design-figures">
      {problem ? <Failure {...problem} /> : null}
      {!answer || !first ? (
        problem ? null : (
          <p className="small quiet">{TEXTS.loading}</p>
        )
      ) : answer.samples === 0 ? (
        <p className="small quiet">
          <b>{TEXTS.noHistory}</b> {TEXTS.noHistoryBecause}
        </p>
      ) : second ? (
        <SideBySide answer={answer} names={[title, besideTitle ?? '']} />
      ) : (
        <One figures={first} meaning={answer.meaning[0]} answer={answer} />
      )}
    </Panel>
  );
}

function One(props: { figures: Figures; meaning: DesignMeaning | undefined; answer: DesignAnswer }) {
  const { figures, meaning, answer } = props;
  const { whole } = figures;
  const { score } = whole;
  const leads = score?.leadHours ?? [];
  const middle = leads[Math.floor(leads.length / 2)];
  return (
    <>
      <dl className="design-counts" aria-live="polite" aria-atomic="true">
        <Count
          n={whole.notifications}
          words={TEXTS.notifications(number(whole.notificationsPerWeek ?? 0, 2))}
        />
        {score ? (
          <>
            <Count n={score.hits} words={<FindingMark finding="as-stated" words={TEXTS.hits} />} />
            <Count n={score.wrong} words={<FindingMark finding="nothing" words={TEXTS.misses} />} />
            <Count n={score.missed} words={score.missed === 1 ? TEXTS.missedOne : TEXTS.missed} />
            {middle === undefined ? null : (
              <div>
                <dd>{number(middle / 24, middle < 240 ? 1 : 0)}</dd>
                <dt>
                  {TEXTS.warning} <span className="mute small">{rangeOf(leads)}</span>
                </dt>
              </div>
            )}
          </>
        ) : null}
      </dl>
      {score ? null : (
        <p className="small quiet">
          <b>{TEXTS.unproven}</b> {TEXTS.unprovenBecause}
        </p>
      )}
      <Facts figures={figures} meaning={meaning} />
      {meaning?.noise ? <Noise noise={meaning.noise} /> : <p className="small mute">{TEXTS.noCrew}</p>}
      <p className="small mute design-made">
        {TEXTS.madeOf(number(answer.samples, 0), number(answer.imported, 0))}
      </p>
    </>
  );
}

function rangeOf(leads: readonly number[]): string {
  const days = (hours: number | undefined) => number((hours ?? 0) / 24, (hours ?? 0) < 240 ? 1 : 0);
  return leads.length > 1 ? `${days(leads[0])} to ${days(leads.at(-1))}` : '';
}

function Count(props: { n: number; words: React.ReactNode }) {
  return (
    <div>
      <dd>{number(props.n, 0)}</dd>
      <dt>{props.words}</dt>
    </div>
  );
}

/** Under so many breakdowns money is a guess, and says so. */
const FEW = 5;

function Facts({ figures, meaning }: { figures: Figures; meaning: DesignMeaning | undefined }) {
  const { money } = useWriter();
  const { checked } = figures;
  const purse = meaning?.money ?? null;
  const facts: [string, string][] = [];
  if (checked.score) {
    const { caught, events, wrong } = checked.score;
    facts.push([
      TEXTS.unseenPart,
      events > 0
        ? TEXTS.caughtOf(caught, events)
        : wrong > 0
          ? TEXTS.wrongOnly(counted(wrong, 'false', 'false'))
          : TEXTS.nothingThere,
    ]);
  } else facts.push([TEXTS.unseenPart, TEXTS.notificationsOnly(checked.notifications)]);
  const visitsH = meaning?.visitsHPerYear ?? null;
  if (visitsH !== null) facts.push([TEXTS.visits, `${number(visitsH, 1)} h a year`]);
  if (purse?.avoidedMinor !== null && purse)
    facts.push([TEXTS.avoided, `${money(purse.avoidedMinor)} a year`]);
  if (purse?.wastedMinor !== null && purse)
    facts.push([TEXTS.wasted, `${money(-purse.wastedMinor, { signed: true })} a year`]);
  return (
    <>
      <dl className="design-facts">
        {facts.map(([word, value]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {purse && purse.events < FEW ? (
        <p className="small quiet">
          {TEXTS.few(counted(purse.events, 'breakdown is', 'breakdowns are'), purse.grade)}
        </p>
      ) : purse ? (
        <p className="small mute">{TEXTS.graded(purse.grade)}</p>
      ) : null}
    </>
  );
}

function Noise({ noise }: { noise: NonNullable<DesignMeaning['noise']> }) {
  const { budgetH, takenH, thisH, fits, ownerDecides, crewName } = noise;
  const scale = Math.max(budgetH, takenH + thisH, 0.01);
  const width = (hours: number) => ({ width: `${(hours / scale) * 100}%` });
  const hours = (value: number) => `${number(value, value < 1 ? 2 : 1)} h`;
  return (
    <div className="design-noise">
      <p className="small quiet">
        <span>
          {TEXTS.noise}, {crewName}
        </span>
        <b>{fits ? TEXTS.fits : ownerDecides ? TEXTS.ownerDecides : TEXTS.tight}</b>
      </p>
      <div className="design-noise-bar" aria-hidden="true">
        <i style={width(takenH)} />
        <i className="design-noise-this" style={{ ...width(thisH), minWidth: thisH > 0 ? 4 : 0 }} />
      </div>
      <p className="small mute">{TEXTS.noiseWords(hours(takenH), hours(budgetH), hours(thisH))}</p>
    </div>
  );
}

/** Two versions on the same readings. */
function SideBySide({ answer, names }: { answer: DesignAnswer; names: readonly [string, string] }) {
  const { money } = useWriter();
  const sides = [0, 1].map((place) => ({ figures: answer.judged[place], meaning: answer.meaning[place] }));
  const row = (word: string, say: (side: (typeof sides)[number]) => string | null) => (
    <tr key={word}>
      <th scope="row">{word}</th>
      {sides.map((side, place) => (
        <td key={names[place]}>{say(side) ?? TEXTS.unknown}</td>
      ))}
    </tr>
  );
  const score = (side: (typeof sides)[number]) => side.figures?.whole.score ?? null;
  const whole = (value: number | undefined | null) =>
    value === undefined || value === null ? null : number(value, 0);
  return (
    <table className="design-sides">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">{TEXTS.figure}</span>
          </th>
          {names.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {row(TEXTS.rowNotifications, (side) => whole(side.figures?.whole.notifications))}
        {row(TEXTS.hits, (side) => whole(score(side)?.hits))}
        {row(TEXTS.misses, (side) => whole(score(side)?.wrong))}
        {row(TEXTS.missed, (side) => whole(score(side)?.missed))}
        {row(TEXTS.unseenPart, ({ figures }) => {
          const checked = figures?.checked.score;
          if (!checked) return null;
          return checked.events > 0 ? TEXTS.caughtOf(checked.caught, checked.events) : TEXTS.noneThere;
        })}
        {row(TEXTS.warning, (side) => {
          const leads = score(side)?.leadHours ?? [];
          const middle = leads[Math.floor(leads.length / 2)];
          return middle === undefined ? null : number(middle / 24, 1);
        })}
        {row(TEXTS.wastedWeek, ({ meaning }) =>
          meaning?.noise ? `${number(meaning.noise.thisH, 2)} h` : null,
        )}
        {row(TEXTS.avoided, ({ meaning }) =>
          meaning?.money?.avoidedMinor === null || !meaning?.money ? null : money(meaning.money.avoidedMinor),
        )}
      </tbody>
    </table>
  );
}
