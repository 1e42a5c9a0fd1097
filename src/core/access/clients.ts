// Devices and connectors: enrolled with a publish list, given a new secret, revoked for good.
import { personOf } from '#vocabulary/actor.ts';
import type { Context, Decision } from '#vocabulary/command.ts';
import type { FactBody } from '#vocabulary/fact.ts';
import { refuse } from '#vocabulary/refusal.ts';
import { fact } from './body.ts';
import type { EnrollClient, RevokeClient } from './commands.ts';
import type { AccessState } from './state.ts';

/** Longest publish list of a client, and longest topic filter in it. */
const MAX_PUBLISH_FILTERS = 64;
const MAX_FILTER_LENGTH = 256;
const CLIENT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Every enrolment of a known client gives it a new secret, also one that changes nothing else. */
export function enroll({ data }: EnrollClient, state: AccessState, context: Context): Decision {
  if (!CLIENT_ID.test(data.clientId)) {
    return refuse(
      'E-ACCESS-008',
      `"${data.clientId}" cannot be the id of a client.`,
      'Use 1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit.',
    );
  }
  const wrong = data.publish.filter((filter) => !isTopicFilter(filter));
  if (wrong.length > 0 || data.publish.length > MAX_PUBLISH_FILTERS) {
    return refuse(
      'E-ACCESS-009',
      wrong.length > 0
        ? `"${wrong[0]}" is no MQTT topic filter that a client may publish to.`
        : `A publish list holds at most ${MAX_PUBLISH_FILTERS} topic filters, this one has ${data.publish.length}.`,
      'Name topics such as plant/line-1/+/temperature; "#" may stand only at the end and not alone.',
    );
  }
  const known = state.clients.get(data.clientId);
  if (known && known.revokedAtMs !== null) {
    return refuse(
      'E-ACCESS-010',
      `The client id ${data.clientId} was revoked.`,
      'Enroll the client under a new id; revoked ids are never given out again.',
    );
  }
  const { clientId, kind, publish } = data;
  const same = known && known.kind === kind && known.publish.join('\n') === publish.join('\n');
  const facts: FactBody[] = [];
  if (!same) {
    const by = personOf(context.actor);
    facts.push(fact('access.client-enrolled', { clientId, kind, publish, by }));
  }
  if (known) facts.push(fact('access.client-rekeyed', { clientId }));
  return facts;
}

export function revokeClient({ data: { clientId } }: RevokeClient, state: AccessState): Decision {
  const client = state.clients.get(clientId);
  if (!client) return unknownClient(clientId);
  return client.revokedAtMs === null ? [fact('access.client-revoked', { clientId })] : [];
}

function unknownClient(clientId: string): Decision {
  return refuse(
    'E-ACCESS-006',
    `No client is enrolled as "${clientId}".`,
    'Check the id on the sources page.',
  );
}

/** A filter of levels separated by `/`; `+` fills a level, `#` only ends a filter that names something before it. */
function isTopicFilter(filter: string): boolean {
  if (filter.length === 0 || filter.length > MAX_FILTER_LENGTH || filter.startsWith('$')) return false;
  const levels = filter.split('/');
  if (levels.every((level) => level === '+' || level === '#')) return false;
  return levels.every((level, i) => {
    if (level === '#') return i === levels.length - 1;
    return level === '+' || !/[+#]|\p{Cc}/u.test(level);
  });
}
