import type { CommandType, Me, MonitorView } from '../../../src/api/contract.ts';
import { useRights } from '../../frame/people.ts';
import { TEXTS } from './texts.ts';

/** One step of a monitor's life that a person may take now. */
export interface Step {
  /** last word of the address it is sent to */
  word: string;
  words: string;
  body: unknown;
  /** the thing to do here; the others stand beside it */
  main: boolean;
  /** asks for a reason first, with these words */
  ask?: string;
}

/** Steps that its state allows and the policy gives to the person who looks, the main one first. */
export function useSteps(view: MonitorView): Step[] {
  const { me, mayRun } = useRights();
  return me ? stepsOf(view, me, mayRun) : [];
}

export function stepsOf(
  view: MonitorView,
  me: Pick<Me, 'personId'>,
  mayRun: (command: CommandType) => boolean,
): Step[] {
  const { lifecycle, inWork } = view;
  if (lifecycle === 'retired') return [];
  const body = { version: inWork.version };
  const waits = inWork.proposedBy !== null && inWork.version === (view.candidate ?? -1);
  const steps: Step[] = [];
  if (waits) {
    const signs = mayRun('monitor.sign-off') ? signaturesOf(view, me) : [];
    for (const as of signs) {
      const words = as === 'technician' ? TEXTS.signTechnician : TEXTS.signOwner;
      steps.push({ word: 'sign-off', words, body: { ...body, as }, main: true });
    }
    if (mayRun('monitor.activate')) steps.push({ word: 'activate', words: TEXTS.activate, body, main: true });
  } else if (mayRun('monitor.propose') && (view.candidate !== null || lifecycle === 'trial')) {
    steps.push({ word: 'propose', words: TEXTS.propose, body, main: true });
  }
  if (lifecycle === 'draft' && mayRun('monitor.start-trial')) {
    steps.push({ word: 'start-trial', words: TEXTS.startTrial, body: undefined, main: steps.length === 0 });
  }
  if ((lifecycle === 'live' || lifecycle === 'under review') && mayRun('monitor.send-back-to-trial')) {
    steps.push({
      word: 'send-back-to-trial',
      words: TEXTS.sendBack,
      body: {},
      main: false,
      ask: TEXTS.sendBackWhy,
    });
  }
  if (mayRun('monitor.retire')) {
    steps.push({ word: 'retire', words: TEXTS.retire, body: {}, main: false, ask: TEXTS.retireWhy });
  }
  return steps;
}

/** In which capacities this person may still sign. */
function signaturesOf(view: MonitorView, me: Pick<Me, 'personId'>): ('technician' | 'owner')[] {
  const signed = new Set(view.signOffs.filter((one) => one.by === me.personId).map((one) => one.as));
  const may: ('technician' | 'owner')[] = [];
  if (view.inWork.technicians.includes(me.personId) && !signed.has('technician')) may.push('technician');
  if (view.owner === me.personId && !signed.has('owner')) may.push('owner');
  return may;
}
