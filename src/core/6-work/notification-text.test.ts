import { describe, expect, it } from 'vitest';
import type { MonitorDefinition, Signal } from '#monitor/events.ts';
import type { FailureMode } from '#strategy/events.ts';
import {
  LONG_TEXT_LENGTH,
  longText,
  SHORT_TEXT_LENGTH,
  shortText,
  type TextSource,
} from './notification-text.ts';

const AT = Date.UTC(2026, 10, 23, 7, 12);

function source(position: string, signal: string, more: Partial<TextSource> = {}): TextSource {
  const fault = { assetId: 'p1.P-201', position, group: 'bearing' };
  const condition = { kind: 'limit', direction: 'low', limit: 65, deadband: 3, onDelayMs: 0, offDelayMs: 0 };
  return {
    asset: null,
    mode: { name: 'Bearing wears out', position, group: 'bearing' } as FailureMode,
    signal: { name: signal, unit: '°F' } as Signal,
    definition: { name: 'temperature', condition } as MonitorDefinition,
    alert: {
      alertId: 'p1.A-0001',
      monitorId: 'p1.m',
      version: 1,
      fault,
      priority: 2,
      raisedAtMs: AT,
      conditionSinceMs: AT,
      value: 61.23456,
      extreme: 60,
      lastInsideMs: AT - 60_000,
      uncertainOnly: false,
      trial: false,
    },
    job: {
      jobPlanId: null,
      name: 'Look',
      craft: 'mechanic',
      crewId: 'p1.c',
      crewName: 'MECH-B',
      rung: 'walk-by',
      firstAction: 'Listen',
      durationH: 1,
      people: 1,
      parts: [],
      needsStop: false,
      plannedDowntimeH: 0,
      trueIf: [],
      falseIf: [],
      withinMs: 0,
    },
    finishBy: {
      latestFinishMs: AT,
      latestStartMs: AT,
      orderByMs: AT,
      precision: 'week',
      grade: 'assumed',
      tooLate: true,
    },
    caseId: 'p1.C-0001',
    ...more,
  };
}

describe('short text', () => {
  it('names asset, position, what is wrong and what to do, without saying a word twice', () => {
    expect(shortText(source('non-drive-end bearing', 'bearing temp'))).toBe(
      'P-201 NDE bearing temp low, check',
    );
  });

  it('lets the position go first, then the measure, and never grows past the field', () => {
    expect(shortText(source('gearbox output shaft', 'oil temperature'))).toBe(
      'P-201 oil temperature low, check',
    );
    expect(shortText(source('shaft', 'temperature of the lubricating oil'))).toBe('P-201 shaft low, check');
    const long = source('shaft', 'x'.repeat(60));
    long.alert.fault.assetId = `p1.${'A'.repeat(60)}`;
    expect(shortText(long)).toHaveLength(SHORT_TEXT_LENGTH);
    expect(shortText(long).endsWith(' low, check')).toBe(true);
  });

  it('says what a silent sensor is', () => {
    const silent = source('shaft', 'speed');
    silent.definition = { ...silent.definition, condition: { kind: 'stale', afterMs: 1 } };
    expect(shortText(silent)).toBe('P-201 shaft speed no signal, check');
  });
});

describe('long text', () => {
  it('gives value against limit, both times and who decides', () => {
    const text = longText(source('shaft', 'temperature'));
    expect(text).toContain(
      'temperature: 61.23 °F against the low limit 65 °F, since 2026-11-23 07:12 UTC, worst 60.',
    );
    expect(text).toContain('Last reading inside the limit 2026-11-23 07:11 UTC.');
    expect(text).toContain('the owner decides');
  });

  it('never cuts the way to the case, nor lets a name break the lines', () => {
    const base = source('shaft', 'temperature');
    const text = longText({ ...base, job: { ...base.job, firstAction: 'a\nb', trueIf: ['y'.repeat(3000)] } });
    expect(text).toHaveLength(LONG_TEXT_LENGTH);
    expect(text.endsWith('\nCase C-0001: /work/case/p1.C-0001')).toBe(true);
    expect(text).toContain('First: a b (');
  });
});
