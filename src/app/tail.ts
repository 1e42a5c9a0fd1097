// The newest samples, which wait in the intake log to be archived: kept by signal, so that a chart ends at now.
import type { SampleColumns } from '#ports/history.ts';
import type { Series } from '#ports/samples.ts';
import { ACCEPTED, type Batch, MARK_BAD, MARK_FUTURE, MARK_LATE, MARK_REPEATED } from '#vocabulary/sample.ts';

interface Row {
  seq: number;
  timeMs: number;
  value: number;
  mark: number;
  quality: number;
}

/** Rows kept; when more wait, the oldest leave the chart until they are archived. */
export const MAX_TAIL_ROWS = 2_000_000;

export class Tail {
  readonly #rows = new Map<number, Row[]>();
  #count = 0;
  /** last intake entry that was read */
  seq = 0;

  add(seq: number, batch: Batch, marks: Uint8Array): void {
    this.seq = seq;
    for (let i = 0; i < batch.length; i++) {
      const signal = batch.signal[i] as number;
      const rows = this.#rows.get(signal) ?? [];
      if (rows.length === 0) this.#rows.set(signal, rows);
      const { timeMs, value, quality } = batch;
      rows.push({
        seq,
        timeMs: timeMs[i] as number,
        value: value[i] as number,
        mark: marks[i] as number,
        quality: quality[i] as number,
      });
      this.#count++;
    }
    if (this.#count > MAX_TAIL_ROWS) this.forget(seq - 1);
  }

  /** Drops what rests in the sample store now. */
  forget(through: number): void {
    this.seq = Math.max(this.seq, through);
    this.#count = 0;
    for (const [signal, rows] of this.#rows) {
      const kept = rows.filter((row) => row.seq > through);
      this.#count += kept.length;
      if (kept.length > 0) this.#rows.set(signal, kept);
      else this.#rows.delete(signal);
    }
  }

  /** Accepted readings of a signal that are not in the sample store yet, oldest first. */
  accepted(signal: number, fromMs: number, toMs: number): SampleColumns {
    const rows = (this.#rows.get(signal) ?? []).filter(
      ({ mark, timeMs }) => mark === ACCEPTED && timeMs >= fromMs && timeMs <= toMs,
    );
    return {
      timeMs: Float64Array.from(rows, (row) => row.timeMs),
      value: Float64Array.from(rows, (row) => row.value),
      quality: Uint8Array.from(rows, (row) => row.quality),
    };
  }

  /** A stored series with the tail joined on, in the same buckets. */
  join(series: Series, signal: number, fromMs: number, toMs: number): Series {
    const rows = (this.#rows.get(signal) ?? []).filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs);
    if (rows.length === 0) return series;
    const accepted = rows.filter((row) => row.mark === ACCEPTED);
    const count = (mark: number): number => rows.filter((row) => row.mark === mark).length;
    const { notAccepted } = series;
    const joined: Series = {
      ...series,
      notAccepted: {
        bad: notAccepted.bad + count(MARK_BAD),
        late: notAccepted.late + count(MARK_LATE),
        repeated: notAccepted.repeated + count(MARK_REPEATED),
        future: notAccepted.future + count(MARK_FUTURE),
      },
    };
    return series.bucketMs === 0 ? withPoints(joined, accepted) : withBuckets(joined, accepted);
  }
}

function withPoints(series: Series, rows: readonly Row[]): Series {
  return {
    ...series,
    timeMs: [...series.timeMs, ...rows.map((row) => row.timeMs)],
    value: [...series.value, ...rows.map((row) => row.value)],
  };
}

/** The last stored bucket may be cut where the archive ends; the tail's part of it becomes a bucket of its own. */
function withBuckets(series: Series, rows: readonly Row[]): Series {
  const { bucketMs } = series;
  const timeMs = [...series.timeMs];
  const value = [...series.value];
  const min = [...(series.min ?? [])];
  const max = [...(series.max ?? [])];
  for (let start = 0; start < rows.length; ) {
    const bucket = Math.floor((rows[start] as Row).timeMs / bucketMs);
    let end = start;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let sum = 0;
    for (; end < rows.length && Math.floor((rows[end] as Row).timeMs / bucketMs) === bucket; end++) {
      const reading = (rows[end] as Row).value;
      low = Math.min(low, reading);
      high = Math.max(high, reading);
      sum += reading;
    }
    timeMs.push(Math.max(bucket * bucketMs, (timeMs.at(-1) ?? 0) + 1));
    value.push(sum / (end - start));
    min.push(low);
    max.push(high);
    start = end;
  }
  return { ...series, timeMs, value, min, max };
}
