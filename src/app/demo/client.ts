import { randomUUID } from 'node:crypto';
import type { OneTimeLink } from '#ports/identity.ts';
import { PortFailure } from '#ports/failure.ts';

/** One simulated person at the HTTP API, with a session of their own, as any client would have. */
export class SimulatedClient {
  readonly personId: string;
  readonly #url: string;
  readonly #cookie: string;

  private constructor(personId: string, url: string, cookie: string) {
    this.personId = personId;
    this.#url = url;
    this.#cookie = cookie;
  }

  /** Enters by a one-time link of the demo. */
  static async enter(url: string, { token }: OneTimeLink, personId: string): Promise<SimulatedClient> {
    const answer = await fetch(`${url}/api/v1/access/link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, 'idempotency-key': randomUUID() },
      body: JSON.stringify({ token, account: null }),
    });
    if (!answer.ok) throw await failureOf(answer, 'POST', '/access/link');
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    return new SimulatedClient(personId, url, cookie);
  }

  /** @throws PortFailure with the problem's own code */
  async get<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.#url}/api/v1${path}`, { headers: { cookie: this.#cookie } });
    if (!answer.ok) throw await failureOf(answer, 'GET', path);
    return (await answer.json()) as T;
  }

  /** @throws PortFailure with the problem's own code */
  async post(path: string, body?: unknown): Promise<void> {
    const answer = await fetch(`${this.#url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        cookie: this.#cookie,
        origin: this.#url,
        'idempotency-key': randomUUID(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw await failureOf(answer, 'POST', path);
    await answer.arrayBuffer();
  }
}

async function failureOf(answer: Response, method: string, path: string): Promise<PortFailure> {
  const problem = (await answer.json().catch(() => ({}))) as {
    code?: string;
    detail?: string;
    mend?: string;
  };
  return new PortFailure(
    problem.code ?? 'E-DEMO-011',
    `${method} ${path} answered ${answer.status}: ${problem.detail ?? 'no problem given'}`,
    problem.mend ?? 'See the server log.',
    answer.status === 503,
  );
}
