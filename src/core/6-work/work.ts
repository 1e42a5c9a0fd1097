// This room carries an alert to finished work: one case per fault, notification, draft, order, finding, proof.
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import type { Recorded } from '#vocabulary/fact.ts';
import { refuse } from '#vocabulary/refusal.ts';
import type { Stage } from '../stage.ts';
import { dueWork, nextWorkDueMs } from './closing.ts';
import type { WorkCommand } from './commands.ts';
import { acceptDraft, rejectDraft } from './drafts.ts';
import { giveFinding } from './findings.ts';
import { evolveWork, type WorkKnown } from './fold.ts';
import { mergeCases } from './merge.ts';
import { closeNotification, recordNotification, recordNumber, report } from './notifications.ts';
import { appendToNotification, createNotification } from './offers.ts';
import { finishOrder, releaseOrder, startOrder } from './orders.ts';
import { routeAlert } from './route.ts';
import { splitCase } from './split.ts';
import { emptyWork, type WorkState } from './state.ts';

export const work: Stage<WorkState> = {
  word: 'work',
  purpose: 'Carries an alert to finished work: case, notification, draft, order, finding, proof.',
  initial: emptyWork,
  decide: (command, state, context) => decideWork(command as WorkCommand, state, context),
  evolve: (state, fact) => evolveWork(state, fact as Recorded<WorkKnown>),
  follow(fact, state, context) {
    const known = fact as Recorded<WorkKnown>;
    if (known.type !== 'alert.raised' || known.data.trial) return [];
    return routeAlert(state, known.data, context.nowMs);
  },
  nextDueMs: nextWorkDueMs,
  due: dueWork,
  upcast(fact) {
    if (fact.v === 1) return fact;
    throw new Error(`E-WORK-094 ${fact.type} version ${fact.v} is newer than this program`);
  },
};

function decideWork(command: WorkCommand, state: WorkState, context: Context): Decision {
  switch (command.type) {
    case 'work.record-notification-number':
      return recordNumber(command, state, context);
    case 'work.report':
      return report(command, state, context);
    case 'work.record-notification':
      return recordNotification(command, state, context);
    case 'work.close-notification':
      return closeNotification(command, state, context);
    case 'work.append-to-notification':
      return appendToNotification(command, state, context);
    case 'work.create-notification':
      return createNotification(command, state, context);
    case 'work.merge-cases':
      return mergeCases(command, state, context);
    case 'work.split-case':
      return splitCase(command, state, context);
    case 'work.accept-draft':
      return acceptDraft(command, state, context);
    case 'work.reject-draft':
      return rejectDraft(command, state, context);
    case 'work.release-order':
      return releaseOrder(command, state, context);
    case 'work.start-order':
      return startOrder(command, state, context);
    case 'work.give-finding':
      return giveFinding(command, state, context);
    case 'work.finish-order':
      return finishOrder(command, state, context);
    default:
      return refuse(
        'E-WORK-001',
        `There is no command "${(command as Command).type}".`,
        'Use one of the commands of the work stage.',
      );
  }
}
