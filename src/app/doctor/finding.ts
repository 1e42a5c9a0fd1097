import { PortFailure } from '#ports/failure.ts';

export type Verdict = 'ok' | 'warning' | 'failed';

/** What one look at the plant found. */
export interface DoctorFinding {
  /** what was looked at, in words */
  check: string;
  verdict: Verdict;
  /** stable; begins with E- when it failed, W- for a warning, I- when it is well */
  code: string;
  message: string;
  /** what to do; empty when nothing is */
  mend: string;
}

/** One thing the doctor looks at. */
export interface Check {
  /** `01`; its code is made of it */
  number: string;
  name: string;
  look(): Said | Promise<Said>;
}

export interface Said {
  verdict: Verdict;
  message: string;
  mend: string;
}

export function well(message: string): Said {
  return { verdict: 'ok', message, mend: '' };
}

export function warning(message: string, mend: string): Said {
  return { verdict: 'warning', message, mend };
}

export function failed(message: string, mend: string): Said {
  return { verdict: 'failed', message, mend };
}

const LETTER: Record<Verdict, string> = { ok: 'I', warning: 'W', failed: 'E' };

/** Looks; what a look throws is a failed check with the failure's own code. */
export async function examined(check: Check): Promise<DoctorFinding> {
  try {
    const said = await check.look();
    return { check: check.name, code: `${LETTER[said.verdict]}-DOCTOR-${check.number}`, ...said };
  } catch (thrown) {
    const failure = thrown as Error;
    const { code, mend } =
      failure instanceof PortFailure
        ? failure
        : { code: `E-DOCTOR-${check.number}`, mend: 'Restore it from a backup, or keep it and report it.' };
    return { check: check.name, verdict: 'failed', code, message: failure.message, mend };
  }
}

export function days(ms: number): string {
  const whole = Math.floor(ms / 86_400_000);
  return `${whole} ${Math.abs(whole) === 1 ? 'day' : 'days'}`;
}
