import type { SenseMonitor, StateChange } from '#core/sense.ts';
import { UNCERTAIN } from '#vocabulary/quality.ts';
import { MARK_BAD, MARK_FUTURE, MARK_LATE, MARK_REPEATED } from '#vocabulary/sample.ts';

export interface Sample {
  timeMs: number;
  value: number;
  quality: number;
  receivedMs: number;
}

/**
 * One monitor, one sample at a time, told as the semantics tell it: no table, no quiet path, no due
 * index. Slow and plain on purpose; the data plane has to agree with it.
 */
export class Reference {
  readonly changes: StateChange[] = [];
  readonly marks: number[] = [];
  private last: Sample | null = null;
  private conditionTrue = false;
  private alertActive = false;
  private blind = false;
  private delay: { sinceMs: number; endMs: number } | null = null;
  private sinceMs = 0;
  private extreme = Number.NaN;
  private insideMs: number | null = null;
  private good = false;
  private readonly monitor: SenseMonitor;

  constructor(monitor: SenseMonitor) {
    this.monitor = monitor;
  }

  sample(sample: Sample): void {
    const mark = this.markOf(sample);
    this.marks.push(mark);
    if (mark !== 0) return;
    const before = this.last;
    if (before) {
      const sourceGapMs = sample.timeMs - before.timeMs;
      const receiveGapMs = sample.receivedMs - before.receivedMs;
      const silent = sourceGapMs > this.silenceMs() || receiveGapMs > this.silenceMs();
      this.pass(silent ? Math.max(sourceGapMs, receiveGapMs) : sourceGapMs);
    }
    this.last = sample;
    this.judge(sample, before);
    if (this.delay && this.delay.endMs <= sample.timeMs) this.endDelay();
  }

  advance(nowMs: number): void {
    if (this.last) this.pass(nowMs - this.last.receivedMs);
  }

  private markOf(sample: Sample): number {
    if (sample.quality >= 2 || !Number.isFinite(sample.value)) return MARK_BAD;
    if (this.last && sample.timeMs < this.last.timeMs) return MARK_LATE;
    if (this.last && sample.timeMs === this.last.timeMs) return MARK_REPEATED;
    if (sample.timeMs > sample.receivedMs + 300_000) return MARK_FUTURE;
    return 0;
  }

  private silenceMs(): number {
    const { condition, staleAfterMs } = this.monitor;
    return condition.kind === 'stale' ? condition.afterMs : staleAfterMs;
  }

  private pass(elapsedMs: number): void {
    const last = this.last as Sample;
    const validToMs = last.timeMs + this.silenceMs();
    const nowMs = last.timeMs + elapsedMs;
    const watchesSilence = this.monitor.condition.kind === 'stale';
    if (!this.blind) {
      if (this.delay && this.delay.endMs <= Math.min(validToMs, nowMs)) this.endDelay();
      if (nowMs > validToMs) {
        this.blind = true;
        this.delay = null;
        if (!watchesSilence) this.say('signal-lost', validToMs, validToMs, last.value);
        else {
          this.conditionTrue = true;
          if (!this.alertActive) this.begin(validToMs, last, last.timeMs);
        }
      }
    }
    if (this.blind && watchesSilence && this.delay && this.delay.endMs <= nowMs) this.endDelay();
  }

  private judge(sample: Sample, before: Sample | null): void {
    const wasBlind = this.blind;
    const was = this.conditionTrue;
    this.blind = false;
    if (wasBlind && this.monitor.condition.kind !== 'stale') {
      this.say('signal-back', sample.timeMs, sample.timeMs, sample.value);
    }
    const is = this.conditionAt(sample.value);
    this.conditionTrue = is;
    const restarts = wasBlind && this.monitor.condition.kind !== 'stale';
    if (this.alertActive) {
      if (is) {
        this.delay = null;
        this.extreme = this.worse(this.extreme, sample.value);
      } else if (was || restarts) {
        this.sinceMs = sample.timeMs;
        this.delay = {
          sinceMs: sample.timeMs,
          endMs: sample.timeMs + (this.monitor.condition.offDelayMs ?? 0),
        };
      }
    } else if (!is) this.delay = null;
    else if (!was) this.begin(sample.timeMs, sample, before ? before.timeMs : null);
    else if (restarts) this.begin(sample.timeMs, sample, this.insideMs);
    else {
      this.extreme = this.worse(this.extreme, sample.value);
      if (sample.quality !== UNCERTAIN) this.good = true;
    }
  }

  private conditionAt(x: number): boolean {
    const condition = this.monitor.condition;
    if (condition.kind !== 'limit') return false;
    const { limit, deadband, direction } = condition;
    if (direction === 'high') return this.conditionTrue ? !(x < limit - deadband) : x >= limit;
    return this.conditionTrue ? !(x > limit + deadband) : x <= limit;
  }

  private worse(a: number, b: number): number {
    const condition = this.monitor.condition;
    if (condition.kind !== 'limit') return a;
    return condition.direction === 'high' ? Math.max(a, b) : Math.min(a, b);
  }

  private begin(sinceMs: number, sample: Sample, insideMs: number | null): void {
    this.sinceMs = sinceMs;
    this.delay = { sinceMs, endMs: sinceMs + (this.monitor.condition.onDelayMs ?? 0) };
    this.extreme = sample.value;
    this.good = sample.quality !== UNCERTAIN;
    this.insideMs = insideMs;
  }

  private endDelay(): void {
    const { endMs } = this.delay as { endMs: number };
    this.delay = null;
    this.alertActive = !this.alertActive;
    this.say(this.alertActive ? 'raised' : 'cleared', endMs, this.sinceMs, (this.last as Sample).value);
  }

  private say(kind: StateChange['kind'], atMs: number, conditionSinceMs: number, value: number): void {
    const idle = !this.alertActive && !this.conditionTrue && kind.startsWith('signal');
    this.changes.push({
      kind,
      monitorId: this.monitor.monitorId,
      version: this.monitor.version,
      atMs,
      conditionSinceMs,
      value,
      extreme: idle ? value : this.extreme,
      lastBelowMs: this.insideMs,
      uncertainOnly: !this.good,
    });
  }
}
