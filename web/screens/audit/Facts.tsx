import type { AuditView } from '../../../src/api/contract.ts';
import { shortId } from '../../format/id.ts';
import { usePlantNow, useWriter } from '../../format/plant.tsx';
import { useNames } from '../../frame/people.ts';

type Fact = AuditView['facts'][number];

/** Each fact with its time, who or what caused it, and its data one step away. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const nameOf = useNames();
  const nowMs = usePlantNow(60_000);
  const { moment } = useWriter();
  return (
    <ol className="facts">
      {facts.map((fact) => (
        <li key={fact.seq} data-row="" tabIndex={-1}>
          <span className="small mute">{fact.seq}</span>
          <time className="small quiet" dateTime={new Date(fact.atMs).toISOString()}>
            {moment(fact.atMs, nowMs)}
          </time>
          <span className="fact-what">
            <b>{wordsOfType(fact.type)}</b>
            <span className="small quiet">{actorOf(fact.actor, nameOf)}</span>
          </span>
          <details className="small">
            <summary aria-label={`Data of fact ${fact.seq}`}>Data</summary>
            <pre tabIndex={0}>{JSON.stringify(fact.data, null, 2)}</pre>
            <p className="mute">caused by {fact.causeId}</p>
          </details>
        </li>
      ))}
    </ol>
  );
}

/** `work.order-created` as `Work: order created`. */
export function wordsOfType(type: string): string {
  const [stage = '', what = ''] = type.split('.');
  return `${stage.charAt(0).toUpperCase()}${stage.slice(1)}: ${what.replaceAll('-', ' ')}`;
}

function actorOf(actor: string, nameOf: (personId: string) => string): string {
  if (actor.startsWith('person:')) return nameOf(actor.slice('person:'.length));
  if (actor.startsWith('rule:')) return `by itself, rule ${actor.slice('rule:'.length)}`;
  return shortId(actor).replace('system:', 'the system, ');
}
