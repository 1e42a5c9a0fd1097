import type { CliCommand } from './command.ts';

export interface CommandEntry {
  /** `backtest`, or two words: `audit verify`; the same as the command's own name */
  name: string;
  load(): Promise<{ command: CliCommand }>;
}

/** Every command, in the order help shows them. Loaded only when asked for, so that `--version` stays quick. */
export const COMMANDS: CommandEntry[] = [
  { name: 'audit replay', load: () => import('./audit-replay.ts') },
  { name: 'audit verify', load: () => import('./audit-verify.ts') },
  { name: 'backtest', load: () => import('./backtest.ts') },
  { name: 'bench', load: () => import('./bench.ts') },
  { name: 'check', load: () => import('./check.ts') },
  { name: 'demo', load: () => import('./demo.ts') },
  { name: 'doctor', load: () => import('./doctor.ts') },
  { name: 'import history', load: () => import('./import-history.ts') },
  { name: 'replay', load: () => import('./replay.ts') },
  { name: 'serve', load: () => import('./serve.ts') },
  { name: 'start', load: () => import('./start.ts') },
];
