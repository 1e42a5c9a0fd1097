export interface Interval {
  low: number;
  high: number;
}

/**
 * Wilson score interval of a share, domain 4.6.
 * @param hits how often it was so @param n how often it was judged; 0 says nothing, so the answer is 0 to 1
 * @param z 1.96 for 95 %
 */
export function wilson(hits: number, n: number, z = 1.96): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const p = hits / n;
  const z2 = z * z;
  const middle = p + z2 / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
