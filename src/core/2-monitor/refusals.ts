// Refusals that several steps of this room share; what each step says is its own mend.
import { type Refusal, type RefusalItem, refuse } from '#vocabulary/refusal.ts';
import type { MonitorRecord } from './state.ts';

export function noReason(mend = 'Say why; it is read with the record later.'): Refusal {
  return refuse('E-MONITOR-009', 'The reason is empty.', mend);
}

export function notTheOwner(by: string, mend: string): Refusal {
  return refuse('E-MONITOR-036', `"${by}" does not own this monitor.`, mend);
}

export function notOfTheCrew(by: string, mend: string): Refusal {
  return refuse('E-MONITOR-037', `"${by}" is no technician of the responding crew.`, mend);
}

export function theProposer(by: string, mend: string): Refusal {
  return refuse('E-MONITOR-034', `"${by}" proposed this version; that counts as one of the two.`, mend);
}

export function notLive(monitor: MonitorRecord, mend: string): Refusal {
  return refuse('E-MONITOR-041', `"${monitor.monitorId}" is ${monitor.lifecycle}, not live.`, mend);
}

export function otherSignal(): Refusal {
  return refuse(
    'E-MONITOR-040',
    'A monitor that is judged keeps its signal, so that its record stays comparable.',
    'Draft another monitor on the other signal, and retire this one.',
  );
}

/** What it guards may not be refused by a budget: its owner takes the decision. */
export function ownerDecides(): Refusal {
  return refuse(
    'E-MONITOR-067',
    'It does not fit the noise budget, and what it guards may not be refused by a budget.',
    'Its owner decides within 2 working days: have the owner sign it, or bring it into effect.',
  );
}

export function gateLacks(name: string, met: number, of: number, lacks: RefusalItem[]): Refusal {
  return refuse(
    'E-GATE-200',
    `"${name}" meets ${met} of ${of} conditions to go live.`,
    'Supply what is listed; each item says how, and who can.',
    lacks,
  );
}
