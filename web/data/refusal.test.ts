import { describe, expect, it } from 'vitest';
import { Problem, problemFrom, unreachable, worthAnotherTry } from './refusal.ts';

describe('what the server refuses', () => {
  it('is headed in words for people, not by the phrase of HTTP', () => {
    const found = problemFrom(403, {
      title: 'Forbidden',
      detail: 'Reading audit is for: owner.',
      code: 'E-ACCESS-013',
    });
    expect(found.words).toMatchObject({ title: 'You may not do this', code: 'E-ACCESS-013' });
    expect(problemFrom(404, { title: 'Not Found' }).words.title).toBe('It is not here');
    expect(problemFrom(503, null).words.title).toBe('The server failed');
  });

  it('is asked again only where another answer may come', () => {
    expect(worthAnotherTry(problemFrom(403, {}))).toBe(false);
    expect(worthAnotherTry(problemFrom(404, {}))).toBe(false);
    expect(worthAnotherTry(problemFrom(429, {}))).toBe(true);
    expect(worthAnotherTry(problemFrom(503, {}))).toBe(true);
    expect(worthAnotherTry(unreachable())).toBe(true);
    expect(worthAnotherTry(new Error('no problem of ours'))).toBe(true);
    expect(problemFrom(403, {})).toBeInstanceOf(Problem);
  });
});
