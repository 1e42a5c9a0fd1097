import { afterEach, describe, expect, it } from 'vitest';
import { problem, Rig } from './rig.ts';

let rig: Rig;
afterEach(async () => {
  await rig?.close();
});

describe('changes', () => {
  async function listen(cookie: string): Promise<{ read(): Promise<string | null>; stop(): void }> {
    const abort = new AbortController();
    const answer = await fetch(`${rig.base}/api/v1/events`, { headers: { cookie }, signal: abort.signal });
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    return {
      async read() {
        const next = await reader.read().catch(() => ({ done: true, value: undefined }));
        return next.done ? null : new TextDecoder().decode(next.value);
      },
      stop: () => abort.abort(),
    };
  }

  it('tell where news came, gathered, and nothing of what it is', async () => {
    rig = await Rig.start({ heartbeatMs: 60_000 });
    const cookie = await rig.asAdministrator();
    const stream = await listen(cookie);
    expect(await stream.read()).toContain('event: changed');
    await rig.invited(cookie, ['planner', 'owner'], 'secret-name@plant.example');
    const news = await stream.read();
    expect(news).toMatch(/^(event: changed\ndata: {"seq":\d+,"stages":\["access"\]}\n\n)+$/);
    stream.stop();
  });

  it('beat while nothing happens', async () => {
    rig = await Rig.start({ heartbeatMs: 50 });
    const stream = await listen(await rig.asAdministrator());
    // one read may carry the greeting and the first beat together
    let text = '';
    while (!text.includes(': still here')) text += await stream.read();
    expect(text).toContain(': still here');
    stream.stop();
  });

  it('end when the session ends, without waiting for a beat', async () => {
    rig = await Rig.start({ heartbeatMs: 60_000 });
    const admin = await rig.asAdministrator();
    const planner = await rig.invited(admin, ['planner'], 'j@plant.example');
    const stream = await listen(planner.cookie);
    const end = (async () => {
      let text: string | null = '';
      while (text !== null) text = await stream.read();
      return 'ended';
    })();
    const path = `/api/v1/access/people/${planner.id}/sign-out-everywhere`;
    expect((await rig.ask('POST', path, { cookie: admin })).status).toBe(204);
    const late = new Promise((resolve) => setTimeout(resolve, 5_000, 'still open').unref());
    expect(await Promise.race([end, late])).toBe('ended');
  });

  it('are bounded for one person', async () => {
    rig = await Rig.start({ heartbeatMs: 60_000 });
    const cookie = await rig.asAdministrator();
    const streams = [];
    for (let n = 0; n < 20; n++) streams.push(await listen(cookie));
    const more = await rig.ask('GET', '/api/v1/events', { cookie });
    expect(problem(more)).toMatchObject({ status: 503, code: 'E-HTTP-020' });
    for (const stream of streams) stream.stop();
  });
});
