/** Exit codes of every command; scripts may rely on them. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  refused: 4,
  unreachable: 5,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface OptionSpec {
  /** long name without dashes, for example `on-delay` */
  name: string;
  /** word shown for the value in help; absent for a switch */
  value?: string;
  summary: string;
  required?: boolean;
  default?: string;
}

export interface ParsedArguments {
  positionals: string[];
  /** value options by long name */
  values: Record<string, string>;
  /** switches that were given */
  switches: Set<string>;
  json: boolean;
}

/** Where a command talks: data on stdout, talk on stderr. */
export interface Terminal {
  /** data line(s) for stdout */
  data(text: string): void;
  /** talk for stderr */
  say(text: string): void;
  /** shows a bar with time left once a task has run for 3 s; plain lines without a TTY */
  progress(label: string, done: number, total: number): void;
}

/** One file per command in src/cli/, one line in src/cli/all.ts. */
export interface CliCommand {
  /** `backtest`, or two words: `audit verify` */
  name: string;
  summary: string;
  positionals?: { name: string; summary: string; required: boolean }[];
  options: OptionSpec[];
  examples: string[];
  run(args: ParsedArguments, terminal: Terminal): Promise<ExitCode>;
}

/** A failure that ends a command with a sentence instead of a stack trace. */
export class CommandFailure extends Error {
  readonly code: string;
  readonly mend: string;
  readonly exitCode: ExitCode;
  constructor(code: string, message: string, mend: string, exitCode: ExitCode = EXIT.failed) {
    super(message);
    this.code = code;
    this.mend = mend;
    this.exitCode = exitCode;
  }
}
