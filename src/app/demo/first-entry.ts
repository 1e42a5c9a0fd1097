// The present of a demo begins when somebody looks: until the first visitor has entered, plant time stands still.
const LOOK_MS = 250;

/**
 * Waits for the first visitor.
 * @param entered asked again and again, machine time
 * @param atMostMs then the plant goes on without anybody
 */
export function firstEntry(
  entered: () => boolean,
  atMostMs: number,
): { settled: Promise<void>; stop: () => void } {
  const untilMs = performance.now() + atMostMs;
  let timer: NodeJS.Timeout | null = null;
  const settled = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      if (!entered() && performance.now() < untilMs) return;
      if (timer) clearInterval(timer);
      resolve();
    }, LOOK_MS);
  });
  return {
    settled,
    stop: () => {
      if (timer) clearInterval(timer);
    },
  };
}
