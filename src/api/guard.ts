import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayRead, mayRun } from '#access/policy.ts';
import type { Session } from '#ports/identity.ts';
import type { Actor } from '#vocabulary/ids.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import { ApiProblem, refused } from './problem.ts';
import { type Call, isOpen, type Route, type RoutePolicy } from './route.ts';
import type { Rooms } from './site.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

const sessions = new WeakMap<FastifyRequest, Session | null>();

export function headersOf(request: FastifyRequest): Headers {
  const { cookie } = request.headers;
  return new Headers(cookie === undefined ? {} : { cookie });
}

/** Lets a request in by its route's policy, before its body is read. Only the session cookie says who it is. */
export async function admit(request: FastifyRequest, policy: RoutePolicy, rooms: Rooms): Promise<void> {
  const session = await rooms.identity.sessionOf(headersOf(request));
  sessions.set(request, session);
  if (isOpen(policy)) return;
  if (!session) {
    throw new ApiProblem(401, 'E-HTTP-001', 'Nobody is signed in.', 'Sign in, then try again.');
  }
  const actor: Actor = `person:${session.personId}`;
  const { access } = rooms.site.state();
  const barred =
    'command' in policy ? mayRun(access, actor, policy.command) : mayRead(access, actor, policy.read);
  if (barred) throw refused(barred);
  if ('command' in policy) idempotencyKey(request);
}

function idempotencyKey(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && UUID.test(key)) return key.toLowerCase();
  throw new ApiProblem(
    400,
    'E-HTTP-002',
    key === undefined ? 'The header Idempotency-Key is missing.' : 'The header Idempotency-Key is no UUID.',
    'Send a new UUID with each new wish, and the same one when asking again after a lost answer.',
  );
}

/** What a handler works with; see `Call`. */
export function callOf(request: FastifyRequest, reply: FastifyReply, route: Route, rooms: Rooms): Call {
  const session = sessions.get(request) ?? null;
  const personId = (): string => {
    if (session) return session.personId;
    throw new ApiProblem(401, 'E-HTTP-001', 'Nobody is signed in.', 'Sign in, then try again.');
  };
  const commandId = (part?: string): string =>
    `http:${personId()}:${idempotencyKey(request)}${part === undefined ? '' : `:${part}`}`;
  const texts: string[] = [];
  const settle = (accepted: boolean): void => {
    for (const ref of texts.splice(0)) {
      if (accepted) rooms.people.confirmText(ref);
      else rooms.people.dropText(ref);
    }
  };
  return {
    ...rooms,
    session,
    request,
    reply,
    commandId,
    keepText(text) {
      const ref = rooms.people.keepText(personId(), text);
      texts.push(ref);
      return ref;
    },
    get personId() {
      return personId();
    },
    get actor(): Actor {
      return `person:${personId()}`;
    },
    async run(data, type, part) {
      const own = 'command' in route.policy ? route.policy.command : undefined;
      const wanted = type ?? own;
      if (wanted === undefined) throw new Error(`${route.path} runs a command but its policy names none`);
      const answer = await rooms.site.run({
        id: commandId(part),
        type: wanted,
        actor: `person:${personId()}`,
        data,
      });
      // a repeated wish is answered by its first text, so this one is named by no fact either
      settle(!isRefusal(answer) && !answer.again);
      if (isRefusal(answer)) throw refused(answer);
      return answer;
    },
  };
}
