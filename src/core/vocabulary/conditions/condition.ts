/** The cells of one kind of condition: those of a monitor side by side, in the order of the declared columns. */
export type Cells = Float64Array;

/** Judged only while another signal lies in a band: the operating state. A reading outside it has not come. */
export interface OnlyWhile {
  signalId: string;
  /** bounds in that signal's unit, both included; null: open */
  atLeast: number | null;
  atMost: number | null;
  /** the state as people say it, for example `running` */
  state: string;
  /** after this long without a reading of that signal the state is unknown, ms; null: it holds until it changes */
  holdsMs: number | null;
}

/** What every condition's specification carries, whatever its kind. */
export interface ConditionBase {
  kind: string;
  /** the condition must hold this long before it is raised, ms on source time; absent: 0 */
  onDelayMs?: number;
  /** it must be gone this long before it is cleared, ms on source time; absent: 0 */
  offDelayMs?: number;
  /** true when n of the last m readings are; absent: each reading speaks for itself */
  nOfM?: { n: number; m: number };
  onlyWhile?: OnlyWhile;
}

/** One figure or choice of a specification, as forms, plan files and checks see it. */
export interface Field {
  key: string;
  label: string;
  /**
   * `reading` and `band`: in the signal's unit (a band is not negative); `slope`: unit per hour; `span`: ms;
   * `count`: a whole number; `amount`: a plain number; `choice`: one of `choices`; `text`; `signals`: names to signal ids
   */
  of: 'reading' | 'band' | 'slope' | 'span' | 'count' | 'amount' | 'choice' | 'text' | 'signals';
  choices?: readonly string[];
  /** smallest and largest figure that makes sense, both included */
  least?: number;
  most?: number;
  /** may be left out */
  optional?: true;
}

/** A piece of the monitor's sentence; `slot` names what can be changed there, null for plain words. */
export interface Phrase {
  text: string;
  slot: string | null;
}

/** The line that a chart draws, and the side of it that is wrong. */
export interface Edge {
  value: number;
  direction: 'high' | 'low';
  deadband: number;
}

/**
 * A kind of condition, whole: what it is made of, how it is said, and the kernel that judges it. It declares the
 * typed columns it needs; sense allots them for all monitors of the kind, and saves and carries them over.
 * A new kind is one file that exports one of these and one line in `all.ts`.
 */
export interface Condition<S extends ConditionBase> {
  readonly kind: S['kind'];
  /** what a list offers: `above or below a limit` */
  readonly title: string;
  readonly fields: readonly Field[];
  /** names of the columns of doubles, parameters and state alike; a monitor's first cell is at `at` below */
  readonly columns: readonly string[];
  /**
   * What silence means. `blinds`: longer than the monitor's stale limit and it has no valid signal.
   * `sets`: silence itself makes the condition true; such a monitor is never blind.
   */
  readonly silence: 'blinds' | 'sets';
  /** why figures that fit their fields still cannot be judged together, or null */
  problem(spec: S): string | null;
  /** after `is` or `sends` in "When bearing temperature ..."; `unit` is the signal's */
  say(spec: S, unit: string): Phrase[];
  /** one to three words for a list: `high`, `no signal` */
  short(spec: S): string;
  /** the line on the chart; null where there is none */
  edge(spec: S): Edge | null;
  /** longest time from a lasting fault at the sensor to the start of the condition, ms, without delays */
  lagMs(spec: S): number;
  /** silence longer than this counts, ms; equality does not */
  silenceMs(spec: S, staleAfterMs: number): number;
  /** writes parameters and first state into the cells */
  prepare(spec: S, cells: Cells, at: number, silenceMs: number): void;
  /** Kernel: whether the condition is true after an accepted sample; may write its cells. */
  holds(cells: Cells, at: number, held: boolean, value: number, timeMs: number): boolean;
  /** The worse of two values. */
  worse(cells: Cells, at: number, a: number, b: number): number;
  /**
   * Bounds of the values for which the kernel would repeat its answer, change no cell and find no
   * worse value: such samples skip it. NaN as lower bound: the kernel must see every sample.
   */
  quietLow(cells: Cells, at: number, held: boolean, extreme: number): number;
  quietHigh(cells: Cells, at: number, held: boolean, extreme: number): number;
  /**
   * For a kind that looks at several signals: their ids, in the order in which `among` receives their last values.
   * Such a kind is judged by `among` with each reading of the monitor's own signal.
   */
  others?(spec: S): string[];
  /** @returns the rule over the own value and the last values of `others`; NaN stands for no valid reading */
  among?(spec: S): (own: number, others: Float64Array) => boolean;
}
