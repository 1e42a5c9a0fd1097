import { useQuery } from '@tanstack/react-query';
import type { LineView, SourcesView } from '../../../src/api/contract.ts';
import { reading } from '../../data/queries.ts';
import { percent } from '../../format/number.ts';
import { useWriter } from '../../format/plant.tsx';
import { useNames, useRights } from '../../frame/people.ts';
import { TEXTS } from './texts.ts';

/** Under this many findings a share says more than it knows. */
const FEW = 5;

/** What the picture cannot draw: data on nothing, a draft that waits, and how often the line was right. */
export function LineCards({ view }: { view: LineView }) {
  return (
    <div className="line-cards">
      <UnclaimedCard />
      <WaitingCard view={view} />
      <TrueCard view={view} />
    </div>
  );
}

function Card(props: { title: string; words: string; link?: { words: string; href: string } }) {
  return (
    <section className="panel line-card">
      <h2>{props.title}</h2>
      <p className="quiet">
        {props.words}{' '}
        {props.link ? (
          <a className="link" href={props.link.href}>
            {props.link.words}
          </a>
        ) : null}
      </p>
    </section>
  );
}

function UnclaimedCard() {
  const { mayRead } = useRights();
  const sources = useQuery({
    ...reading<SourcesView>('acquire', '/api/v1/acquire'),
    enabled: mayRead('acquire'),
  });
  if (!sources.data) return null;
  const n = sources.data.unclaimed.length;
  return (
    <Card
      title={TEXTS.unclaimed(n)}
      words={n === 0 ? TEXTS.unclaimedNone : TEXTS.unclaimedBecause}
      link={{ words: TEXTS.seeList, href: '/acquire' }}
    />
  );
}

function WaitingCard({ view }: { view: LineView }) {
  const { dateTime } = useWriter();
  const name = useNames();
  const { waiting } = view;
  if (!waiting) return <Card title={TEXTS.noneWaiting} words={TEXTS.noneWaitingBecause} />;
  const when = dateTime(waiting.actByMs);
  const late = waiting.actByMs <= view.nowMs;
  const who = late && waiting.owner ? name(waiting.owner) : TEXTS.waitingWho;
  const until = late ? TEXTS.waitingLate(when) : TEXTS.waitingUntil(who, when);
  return (
    <Card
      title={TEXTS.waiting}
      words={`${waiting.title}. ${until}`}
      link={{ words: TEXTS.openCase, href: `/work/case/${waiting.caseId}` }}
    />
  );
}

function TrueCard({ view }: { view: LineView }) {
  const share = view.trueShare;
  if (!share) return <Card title={TEXTS.noFindings} words={TEXTS.noFindingsBecause} />;
  const words = TEXTS.trueShareOf(share.n, share.of, percent(share.low), percent(share.high));
  return (
    <Card
      title={TEXTS.trueShare(percent(share.n / share.of))}
      words={share.of < FEW ? `${words} ${TEXTS.few}.` : words}
      link={{ words: TEXTS.byMonitor, href: '/outcome' }}
    />
  );
}
