import { describe, expect, it } from 'vitest';
import { crossingOf, fitLine, hasSlope } from './line-fit.ts';
import { logGamma } from './gamma.ts';
import { studentWidth } from './student.ts';

const X = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const Y = [2.0, 2.1, 2.25, 2.3, 2.45, 2.5, 2.7, 2.75, 2.9, 3.0];

describe('a line through readings', () => {
  it('finds slope, intercept and spread', () => {
    const fit = fitLine(X, Y, 10);
    expect(fit?.intercept).toBeCloseTo(1.9945, 4);
    expect(fit?.slope).toBeCloseTo(0.11121, 5);
    expect(fit?.spread).toBeCloseTo(0.02932, 5);
  });

  it('says when it meets a level, with an honest interval', () => {
    const fit = fitLine(X, Y, 10);
    const crossing = fit && crossingOf(fit, 4.5, 0.9);
    expect(crossing?.at).toBeCloseTo(22.53, 2);
    expect((crossing?.from ?? 0) - 9).toBeCloseTo(12.59, 2);
    expect((crossing?.to ?? 0) - 9).toBeCloseTo(14.57, 2);
  });

  it('gives no date when the slope may be nothing', () => {
    const fit = fitLine([0, 1, 2, 3, 4, 5], [1, -1, 1, -1, 1, -1], 6);
    expect(fit && hasSlope(fit, 0.95)).toBe(false);
    expect(fit && crossingOf(fit, 10, 0.9)).toBeNull();
  });

  it('needs three points at different places', () => {
    expect(fitLine([1, 2], [1, 2], 2)).toBeNull();
    expect(fitLine([1, 1, 1], [1, 2, 3], 3)).toBeNull();
  });
});

describe("Student's distribution", () => {
  it.each([
    [0.9, 8, 1.8595],
    [0.95, 1, 12.7062],
    [0.95, 10, 2.2281],
    [0.99, 30, 2.75],
  ])('a %f interval with %i degrees of freedom is %f wide', (level, freedom, width) => {
    expect(studentWidth(level, freedom)).toBeCloseTo(width, 3);
  });

  it('knows the gamma function', () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
  });
});
