import { randomUUID } from 'node:crypto';

/** A person at the API of a running server, with the cookies of a browser. */
export class Caller {
  cookie = '';
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }

  async send(
    method: 'GET' | 'POST',
    path: string,
    body?: string,
    type = 'application/json',
    key = randomUUID(),
  ) {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        origin: this.url,
        cookie: this.cookie,
        'idempotency-key': key,
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(';')[0] as string;
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  }

  async ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body === undefined ? undefined : JSON.stringify(body));
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  async enter(path: string, name: string): Promise<void> {
    const account = { name, email: `${name.toLowerCase()}@plant.example`, password: 'correct horse battery' };
    await this.ask('POST', '/access/link', { token: path.split('#')[1], account });
  }
}
