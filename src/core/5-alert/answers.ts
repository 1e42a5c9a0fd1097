import { personOf } from '#vocabulary/actor.ts';
import type { Command, Context, Decision } from '#vocabulary/command.ts';
import type { AlertId } from '#vocabulary/ids.ts';
import { refuse } from '#vocabulary/refusal.ts';
import { body } from './body.ts';
import type { AlertCommand, AnswerTrial, ChargeNoise } from './commands.ts';
import type { AlertState } from './state.ts';

/** What people, and the rule that charges noise, say about an alert; none of it changes its work. */
export function decideAlert(command: AlertCommand, state: AlertState, context: Context): Decision {
  switch (command.type) {
    case 'alert.acknowledge': {
      const record = state.alerts.get(command.data.alertId);
      if (!record) return unknownAlert(command.data.alertId);
      const by = personOf(context.actor);
      if (by === null) return onlyPeople('acknowledges an alert');
      if (record.acknowledgedBy.includes(by)) return [];
      return [body('alert.acknowledged', { alertId: record.alertId, by })];
    }
    case 'alert.answer-trial':
      return answerTrial(command, state, context);
    case 'alert.charge-noise':
      return charge(command, state);
    default:
      return refuse(
        'E-ALERT-001',
        `There is no command "${(command as Command).type}".`,
        'Use one of the commands of the alert stage.',
      );
  }
}

function answerTrial({ data }: AnswerTrial, state: AlertState, context: Context): Decision {
  const record = state.alerts.get(data.alertId);
  if (!record) return unknownAlert(data.alertId);
  if (!record.trial) {
    return refuse(
      'E-ALERT-004',
      `${data.alertId} is no trial: its monitor was live, so it made work.`,
      'Give the finding on its case instead.',
    );
  }
  const by = personOf(context.actor);
  if (by === null) return onlyPeople('says whether they would go');
  const before = record.trialAnswers.find((answer) => answer.by === by);
  if (before?.wouldGo === data.wouldGo) return [];
  return [body('alert.trial-answered', { alertId: data.alertId, wouldGo: data.wouldGo, by })];
}

function charge({ data }: ChargeNoise, state: AlertState): Decision {
  const record = state.alerts.get(data.alertId);
  if (!record || record.monitorId !== data.monitorId) return unknownAlert(data.alertId);
  if (!(data.hours > 0) || !Number.isFinite(data.hours)) {
    return refuse(
      'E-ALERT-005',
      `${data.hours} hours cannot be charged.`,
      'Charge the hours the visit took, more than 0.',
    );
  }
  if (state.charges.has(data.alertId)) {
    return refuse(
      'E-ALERT-006',
      `${data.alertId} is already charged to a noise budget.`,
      'One alert is charged once; nothing is left to do.',
    );
  }
  return [body('alert.noise-charged', data)];
}

function unknownAlert(alertId: AlertId): Decision {
  return refuse('E-ALERT-002', `There is no alert ${alertId}.`, 'Take the id from the list of alerts.');
}

function onlyPeople(what: string): Decision {
  return refuse('E-ALERT-003', `Only a person ${what}.`, 'Sign in as a person and do it again.');
}
