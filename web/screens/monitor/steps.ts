import type { CommandType, Me, MonitorView } from '../../../src/api/contract.ts';
import { usePlantNow } from '../../format/plant.tsx';
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
  const nowMs = usePlantNow(60_000);
  return me ? stepsOf(view, me, mayRun, nowMs) : [];
}

export function stepsOf(
  view: MonitorView,
  me: Pick<Me, 'personId'>,
  mayRun: (command: CommandType) => boolean,
  nowMs = 0,
): Step[] {
  const { lifecycle, inWork } = view;
  if (lifecycle === 'retired') return [];
  const body = { version: inWork.version };
  const waits = lifecycle === 'proposed' || lifecycle === 'under review';
  const steps: Step[] = [];
  if (waits && inWork.proposedBy !== null) {
    const as = mayRun('monitor.sign-off') ? signsAs(view, me) : null;
    if (as !== null) {
      const words = as === 'technician' ? TEXTS.signTechnician : TEXTS.signOwner;
      steps.push({ word: 'sign-off', words, body: { ...body, as }, main: true });
    }
    if (mayRun('monitor.activate')) {
      const met = view.gate.every((one) => one.met);
      steps.push({ word: 'activate', words: TEXTS.activate, body, main: met });
    }
  } else if (mayRun('monitor.propose') && (lifecycle !== 'live' || view.candidate !== null)) {
    steps.push({ word: 'propose', words: TEXTS.propose, body, main: true });
  }
  const mayTry = lifecycle === 'draft' || (lifecycle === 'trial' && view.candidate !== null);
  if (mayTry && mayRun('monitor.start-trial')) {
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
  if (view.backTo !== null && mayRun('monitor.roll-back')) {
    const words = TEXTS.rollBack(view.backTo);
    steps.push({ word: 'roll-back', words, body: {}, main: false, ask: TEXTS.rollBackWhy });
  }
  if (view.reviewDueMs !== null && view.reviewDueMs <= nowMs && mayRun('monitor.confirm')) {
    steps.push({ word: 'confirm', words: TEXTS.confirm, body: {}, main: false, ask: TEXTS.confirmWhy });
  }
  if (mayRun('monitor.retire')) {
    steps.push({ word: 'retire', words: TEXTS.retire, body: {}, main: false, ask: TEXTS.retireWhy });
  }
  return steps;
}

/** In which capacity this person may sign; each signs once, and who proposed it has said so already. */
function signsAs(view: MonitorView, { personId }: Pick<Me, 'personId'>): 'technician' | 'owner' | null {
  const { inWork, signOffs, owner } = view;
  if (inWork.proposedBy === personId || signOffs.some((one) => one.by === personId)) return null;
  if (inWork.technicians.includes(personId)) return 'technician';
  return owner === personId ? 'owner' : null;
}
