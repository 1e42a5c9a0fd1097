import type { CaseView } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import { useWriter } from '../../format/plant.tsx';
import { useNames } from '../../frame/people.ts';
import { FindingMark, FindingShape } from '../../parts/FindingMark.tsx';
import { Amount } from '../../parts/MoneyBar.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Timeline } from '../../parts/Timeline.tsx';
import { withDays } from './days.ts';
import { MARK_OF } from './findings.ts';
import { TEXTS } from './texts.ts';

export function SignsPanel({ view }: { view: CaseView }) {
  const speak = view.signs.filter((sign) => sign.says === 'speaks for it').length;
  return (
    <Panel title={TEXTS.speaks} aside={`${speak} of ${view.signs.length} signs agree`}>
      <ul className="case-rows">
        {view.signs.map((sign) => (
          <li key={sign.label}>
            <b>{sign.label}</b>
            <span>{sign.detail}</span>
            <span className="case-says nowrap">
              <FindingShape finding={SIGN_MARK[sign.says]} /> {sign.says}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const SIGN_MARK = {
  'speaks for it': 'as-stated',
  'says nothing yet': 'nothing',
  'speaks against it': 'sensor',
} as const;

export function LookForPanel({ view }: { view: CaseView }) {
  const { jobPlan, trueIf, falseIf } = view.lookFor;
  return (
    <Panel title={TEXTS.lookFor} aside={jobPlan ?? undefined}>
      {trueIf.length + falseIf.length === 0 ? (
        <p className="quiet">{TEXTS.noJobPlan}</p>
      ) : (
        <LookFor trueIf={trueIf} falseIf={falseIf} />
      )}
    </Panel>
  );
}

export function LookFor({ trueIf, falseIf }: { trueIf: readonly string[]; falseIf: readonly string[] }) {
  return (
    <div className="look-for">
      <SignList title={TEXTS.trueIf} mark="as-stated" signs={trueIf} />
      <SignList title={TEXTS.falseIf} mark="nothing" signs={falseIf} />
    </div>
  );
}

function SignList(props: { title: string; mark: 'as-stated' | 'nothing'; signs: readonly string[] }) {
  return (
    <div>
      <h3>{props.title}</h3>
      <ul>
        {props.signs.map((sign) => (
          <li key={sign}>
            <FindingShape finding={props.mark} />
            <span>{sign.charAt(0).toUpperCase() + sign.slice(1)}</span>
          </li>
        ))}
        {props.signs.length === 0 ? <li className="mute">nothing written</li> : null}
      </ul>
    </div>
  );
}

export function FoundPanel({ view }: { view: CaseView }) {
  const nameOf = useNames();
  const { dateTime } = useWriter();
  return (
    <div id="findings">
      <Panel title={TEXTS.found}>
        {view.findings.length === 0 ? (
          <p className="quiet">{TEXTS.noFinding}</p>
        ) : (
          <ul className="case-rows">
            {view.findings.map((given) => (
              <li key={`${given.moment}${given.givenAtMs}`}>
                <FindingMark finding={MARK_OF[given.finding]} words={given.finding} />
                <span>
                  {given.moment}, evidence {given.evidence}
                  {given.noteRef ? `: ${given.noteRef}` : ''}
                </span>
                <span className="mute small">{`${nameOf(given.by)}, ${dateTime(given.givenAtMs)}`}</span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}

export function BeforePanel({ view }: { view: CaseView }) {
  const { shortDay } = useWriter();
  return (
    <Panel title={TEXTS.before} aside={`${view.before.length} shown`}>
      {view.before.length === 0 ? (
        <p className="quiet">{TEXTS.noBefore}</p>
      ) : (
        <ul className="case-rows">
          {view.before.map((row) => (
            <li key={row.caseId}>
              <span className="line-up nowrap">
                {row.finding ? <FindingShape finding={MARK_OF[row.finding]} /> : null}
                <a className="link" href={`/work/case/${row.caseId}`}>
                  {shortId(row.caseId)}
                </a>
                <span className="mute">{shortDay(row.openedAtMs)}</span>
              </span>
              <span>{row.finding ?? `waits for ${row.waitsFor}`}</span>
              <span className="nowrap">
                {row.amountMinor === null ? (
                  <span className="mute">nothing booked</span>
                ) : (
                  <Amount minor={row.amountMinor} />
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function HappenedPanel({ view }: { view: CaseView }) {
  const nameOf = useNames();
  return (
    <Panel title={TEXTS.happened}>
      <Timeline
        happenings={view.events.map((event, place) => ({
          id: `${place}${event.words}`,
          atMs: event.state === 'waits' ? null : event.atMs,
          words: (
            <>
              {event.state === 'waits' ? <b>{event.words}</b> : withDays(event.words)}
              {event.personId ? <span className="mute">{`, ${nameOf(event.personId)}`}</span> : null}
              {event.note ? <span className="mute">{`: ${event.note}`}</span> : null}
            </>
          ),
        }))}
      />
    </Panel>
  );
}
