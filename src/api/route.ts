import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { CommandType, ReadWord } from '#access/policy.ts';
import type { Session } from '#ports/identity.ts';
import type { Actor } from '#vocabulary/ids.ts';
import type { Done, Rooms } from './site.ts';

/** Who may come in. `open` names the reason why a stranger may; every open route is listed by a test. */
export type RoutePolicy = { command: CommandType } | { read: ReadWord } | { open: string };

export interface Call extends Rooms {
  /** null only on open routes without a session */
  session: Session | null;
  /** the person behind the session; throws on an open route without one */
  actor: Actor;
  personId: string;
  request: FastifyRequest;
  reply: FastifyReply;
  /**
   * Runs a command as this person. Its id comes from the person and the Idempotency-Key, so asking again gives
   * the same answer. A refusal ends the request with its problem.
   * @param type the route's own command when left out
   * @param part tells several commands of one request apart
   */
  run(data: unknown, type?: CommandType, part?: string): Promise<Done>;
  /** Keeps a free text of this person; it goes again unless a command of this request is accepted. */
  keepText(text: string): string;
  /** Seed for ids of things this request makes: the same request again makes the same ids. */
  commandId(part?: string): string;
}

type Schema = z.ZodType;
type Out<S extends Schema | undefined> = S extends Schema ? z.output<S> : undefined;

interface RouteSpec<
  P extends Schema | undefined,
  Q extends Schema | undefined,
  B extends Schema | undefined,
  A extends Schema | undefined,
> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** below `/api/v1`, begins with the stage word: `/work/drafts/:draftId/accept` */
  path: `/${string}`;
  policy: RoutePolicy;
  /** one sentence for the API description */
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** shape of the answer; fields it does not name are not sent. Absent: 204 */
  answer?: A;
  /** media type of a body that is read as a stream, by the handler itself; its limits are the handler's */
  upload?: string;
  /** requests of one address a minute, where the general limit is too wide */
  perMinute?: number;
  handle(
    input: { params: Out<P>; query: Out<Q>; body: Out<B> },
    call: Call,
  ): Promise<A extends Schema ? z.input<A> : void>;
}

/** A route whose input types are folded away, ready to be mounted. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: `/${string}`;
  policy: RoutePolicy;
  summary: string;
  params?: Schema | undefined;
  query?: Schema | undefined;
  body?: Schema | undefined;
  answer?: Schema | undefined;
  upload?: string | undefined;
  perMinute?: number | undefined;
  handle(input: { params: unknown; query: unknown; body: unknown }, call: Call): Promise<unknown>;
}

/** Declares a route; without a policy it does not compile. */
export function route<
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
  A extends Schema | undefined = undefined,
>(spec: RouteSpec<P, Q, B, A>): Route {
  return spec;
}

export function isOpen(policy: RoutePolicy): policy is { open: string } {
  return 'open' in policy;
}
