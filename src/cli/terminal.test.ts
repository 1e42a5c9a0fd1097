import { describe, expect, it } from 'vitest';
import { openTerminal, wantsColour } from './terminal.ts';

function recorded(isTTY: boolean): { text: () => string; write(text: string): void; isTTY: boolean } {
  let all = '';
  return {
    text: () => all,
    write: (text) => {
      all += text;
    },
    isTTY,
  };
}

describe('progress', () => {
  it('keeps silent for 3 s, then shows share and time left, and ends its line', () => {
    const err = recorded(true);
    let nowMs = 0;
    const terminal = openTerminal(recorded(true), err, () => nowMs);
    terminal.progress('reading', 0, 100);
    nowMs = 2_999;
    terminal.progress('reading', 20, 100);
    expect(err.text()).toBe('');
    nowMs = 4_000;
    terminal.progress('reading', 25, 100);
    expect(err.text()).toContain(' 25 %, about 12 s left');
    nowMs = 4_050;
    const before = err.text();
    terminal.progress('reading', 26, 100);
    expect(err.text()).toBe(before);
    nowMs = 16_000;
    terminal.progress('reading', 100, 100);
    expect(err.text()).toMatch(/100 %, 16 s in all\n$/);
  });

  it('writes plain lines without a terminal, at most one in 10 s', () => {
    const err = recorded(false);
    let nowMs = 0;
    const terminal = openTerminal(recorded(false), err, () => nowMs);
    for (nowMs = 0; nowMs < 30_000; nowMs += 500) terminal.progress('reading', nowMs, 60_000);
    expect(err.text().trim().split('\n')).toHaveLength(3);
    expect(err.text()).not.toContain('\r');
  });

  it('takes the bar away before it speaks', () => {
    const err = recorded(true);
    let nowMs = 0;
    const terminal = openTerminal(recorded(true), err, () => nowMs);
    terminal.progress('reading', 0, 100);
    nowMs = 5_000;
    terminal.progress('reading', 50, 100);
    terminal.say('by the way');
    expect(err.text().endsWith('\r\u001b[2Kby the way\n')).toBe(true);
  });
});

describe('colour', () => {
  it('is for terminals whose owner has not refused it', () => {
    expect(wantsColour(recorded(true), {})).toBe(true);
    expect(wantsColour(recorded(true), { NO_COLOR: '1' })).toBe(false);
    expect(wantsColour(recorded(true), { TERM: 'dumb' })).toBe(false);
    expect(wantsColour(recorded(false), {})).toBe(false);
  });
});
