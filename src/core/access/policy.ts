import type { Actor } from '#vocabulary/ids.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { ROLES, type Role } from './events.ts';
import { type AccessState, memberOf } from './state.ts';

/**
 * Who may run a command: people by role or everybody of the site, the loading of a plan (`system:setup`), the command
 * line beside the plant (`system:operator`), the identity store (`system:identity`), standing rules by name.
 */
export interface CommandPolicy {
  roles: readonly Role[] | 'everybody';
  setup: boolean;
  identity: boolean;
  operator: boolean;
  rules: readonly string[];
}

const PLAN_TABLE: readonly Role[] = ['reliability engineer', 'owner'];
const SIGNERS: readonly Role[] = ['technician', 'crew lead', 'reliability engineer', 'owner'];
const CREW: readonly Role[] = ['technician', 'crew lead'];
const CREW_AND_GUEST: readonly Role[] = [...CREW, 'guest contractor'];
const EYES: readonly Role[] = [
  ...CREW_AND_GUEST,
  'planner',
  'production',
  'quality',
  'reliability engineer',
  'owner',
];
const MATCHERS: readonly Role[] = ['planner', 'reliability engineer'];
const ADMINISTRATION: readonly Role[] = ['administrator'];
const DEVICES: readonly Role[] = ['administrator', 'security officer'];

function people(roles: readonly Role[] | 'everybody'): CommandPolicy {
  return { roles, setup: false, identity: false, operator: false, rules: [] };
}
function peopleAndSetup(roles: readonly Role[]): CommandPolicy {
  return { ...people(roles), setup: true };
}
function peopleAndOperator(roles: readonly Role[]): CommandPolicy {
  return { ...people(roles), operator: true };
}
function rule(...rules: string[]): CommandPolicy {
  return { ...people([]), rules };
}
/** What only the identity store knows, such as a count of failed attempts. */
function identityAlone(): CommandPolicy {
  return { ...people([]), identity: true };
}

/**
 * The one table of who may change what. A command that is not in it runs for nobody.
 * Signing, activating, releasing and accepting money are a person's: setup never does them. What loading a plan may
 * do is what has `peopleAndSetup` here; it acts as `system:setup` and never in the name of a person.
 */
export const COMMAND_POLICY = {
  'strategy.describe-plant': peopleAndSetup(['owner', 'administrator']),
  'strategy.set-objective': peopleAndSetup(PLAN_TABLE),
  'strategy.register-asset': peopleAndSetup(PLAN_TABLE),
  'strategy.assess-criticality': peopleAndSetup(PLAN_TABLE),
  'strategy.describe-failure-mode': peopleAndSetup(PLAN_TABLE),
  'strategy.form-crew': peopleAndSetup(['planner', ...PLAN_TABLE]),
  'strategy.import-history': peopleAndOperator(['planner', ...PLAN_TABLE]),
  'strategy.undo-import': peopleAndOperator(['planner', ...PLAN_TABLE]),
  'strategy.set-shifts': peopleAndSetup(['planner', ...PLAN_TABLE]),
  'strategy.estimate-loss': peopleAndSetup(['crew lead', 'production', ...PLAN_TABLE]),
  'strategy.answer-criticality': people(['crew lead', 'production', ...PLAN_TABLE]),
  'strategy.freeze-baseline': people(['finance', ...PLAN_TABLE]),
  'strategy.set-line-state': peopleAndSetup(['production', 'planner', ...PLAN_TABLE]),
  'strategy.vote-pilot': people(CREW),
  'strategy.write-charter': people(PLAN_TABLE),
  'strategy.sign-charter': people(['production', 'planner', ...PLAN_TABLE]),
  'strategy.sign-charter-for-finance': people(['finance']),
  'strategy.check-charter': people(PLAN_TABLE),

  'monitor.declare-signal': peopleAndSetup(['reliability engineer']),
  'monitor.write-job-plan': peopleAndSetup(['planner', 'reliability engineer']),
  'monitor.draft': peopleAndSetup(['reliability engineer']),
  'monitor.change': people(['reliability engineer']),
  'monitor.mark-event': people(SIGNERS),
  'monitor.unmark-event': people(SIGNERS),
  'monitor.record-backtest': peopleAndSetup(['reliability engineer']),
  'monitor.start-trial': peopleAndSetup(['reliability engineer']),
  'monitor.propose': people(['reliability engineer']),
  'monitor.sign-off': people(SIGNERS),
  'monitor.activate': people(PLAN_TABLE),
  'monitor.send-back-to-trial': { ...people(PLAN_TABLE), rules: ['noise-over-budget'] },
  'monitor.open-review': peopleAndSetup(['reliability engineer']),
  'monitor.sign-review': people(CREW),
  'monitor.request-change': people(SIGNERS),
  'monitor.counter-propose': people(CREW),
  'monitor.compare-versions': people(['reliability engineer']),
  'monitor.comment': people(SIGNERS),
  'monitor.approve-change': people(SIGNERS),
  'monitor.consent': people(['owner']),
  'monitor.roll-back': people(SIGNERS),
  'monitor.advise': rule('judge-record', 'noise-over-budget', 'process-asks-for-limit'),
  'monitor.answer-advice': people(PLAN_TABLE),
  'monitor.confirm': people(PLAN_TABLE),
  'monitor.hand-over': people(PLAN_TABLE),
  'monitor.renew-claim': people(['reliability engineer']),
  'monitor.put-to-sleep': people([...PLAN_TABLE, 'crew lead', 'production']),
  'monitor.wake': people([...PLAN_TABLE, 'crew lead', 'production']),
  'monitor.retire': people(PLAN_TABLE),

  'acquire.import-history': peopleAndSetup(['reliability engineer']),
  'acquire.remove-history': peopleAndSetup(['reliability engineer']),
  'acquire.expire-samples': rule('retention'),
  'acquire.accept-clock': { ...people(ADMINISTRATION), rules: ['clock'] },
  'acquire.set-aside': rule('set-aside'),
  'acquire.plan-round': peopleAndSetup(['crew lead', 'planner', 'reliability engineer']),
  'acquire.enter-readings': people([...CREW, 'production', 'quality', 'reliability engineer']),

  'alert.acknowledge': people([...CREW, 'planner', 'reliability engineer', 'owner']),
  'alert.answer-trial': people([...CREW, 'reliability engineer']),
  'alert.charge-noise': rule('charge-noise'),

  'work.record-notification-number': people(['planner']),
  'work.report': people(EYES),
  'work.record-notification': people(MATCHERS),
  'work.close-notification': people(MATCHERS),
  'work.append-to-notification': people(['crew lead', ...MATCHERS]),
  'work.create-notification': people(['crew lead', ...MATCHERS]),
  'work.merge-cases': people(MATCHERS),
  'work.split-case': people(MATCHERS),
  'work.accept-draft': people(['planner']),
  'work.reject-draft': people(['planner']),
  'work.release-order': people(['planner', 'crew lead']),
  'work.start-order': people(CREW_AND_GUEST),
  'work.give-finding': people(CREW_AND_GUEST),
  'work.finish-order': people(CREW),

  'plan.reschedule-order': people(['planner']),

  'outcome.verify-entry': people(['owner', 'reliability engineer']),
  'outcome.accept-entry': people(['finance']),
  'outcome.reject-entry': people(['finance']),

  'access.join-person': peopleAndSetup(ADMINISTRATION),
  'access.grant-role': peopleAndSetup(ADMINISTRATION),
  'access.revoke-role': people(ADMINISTRATION),
  'access.person-left': people(ADMINISTRATION),
  'access.enroll-client': peopleAndSetup(DEVICES),
  'access.revoke-client': people(DEVICES),
  'access.issue-link': peopleAndSetup(ADMINISTRATION),
  'access.redeem-link': people('everybody'),
  'access.sign-out': people('everybody'),
  'access.end-sessions': people(DEVICES),
  'access.report-lock-out': identityAlone(),
} as const satisfies Record<string, CommandPolicy>;

export type CommandType = keyof typeof COMMAND_POLICY;
export const COMMAND_TYPES = Object.keys(COMMAND_POLICY) as CommandType[];

const STAFF: readonly Role[] = ROLES.filter((role) => role !== 'guest contractor');

/**
 * Who may read what, by the first word of a route. `self` needs a session and no role. What a guest contractor may
 * read is narrowed to the work of the crew given with the role: `flow-guest.ts`.
 */
export const READ_POLICY = {
  self: 'anyone signed in',
  events: ROLES,
  today: ROLES,
  work: ROLES,
  people: ROLES,
  line: STAFF,
  strategy: STAFF,
  monitor: STAFF,
  acquire: STAFF,
  detect: STAFF,
  alert: STAFF,
  plan: STAFF,
  outcome: STAFF,
  access: ['administrator', 'security officer'],
  audit: ['administrator', 'security officer', 'reliability engineer', 'owner', 'finance'],
} as const satisfies Record<string, readonly Role[] | 'anyone signed in'>;

export type ReadWord = keyof typeof READ_POLICY;
export const READ_WORDS = Object.keys(READ_POLICY) as ReadWord[];

/**
 * Says whether an actor may run a command of a type.
 * @param commandType for example `work.accept-draft`; one that is not in the table is refused to everybody
 * @returns null when it may run
 */
export function mayRun(state: AccessState, actor: Actor, commandType: string): Refusal | null {
  const policy: CommandPolicy | null = Object.hasOwn(COMMAND_POLICY, commandType)
    ? COMMAND_POLICY[commandType as CommandType]
    : null;
  if (!policy) {
    return refuse(
      'E-ACCESS-011',
      `No policy names the command "${commandType}", so nobody may run it.`,
      'Check the name of the command.',
    );
  }
  if (actor === 'system:setup') return policy.setup ? null : notByMachine(actor, commandType, policy);
  if (actor === 'system:identity') return policy.identity ? null : notByMachine(actor, commandType, policy);
  if (actor === 'system:operator') return policy.operator ? null : notByMachine(actor, commandType, policy);
  if (actor.startsWith('rule:')) {
    const named = policy.rules.includes(actor.slice('rule:'.length));
    return named ? null : notByMachine(actor, commandType, policy);
  }
  if (!actor.startsWith('person:')) return notByMachine(actor, commandType, policy);
  return holdsOneOf(state, actor, policy.roles, `"${commandType}"`);
}

/** Says whether an actor may read what lies under a route word; null when it may. */
export function mayRead(state: AccessState, actor: Actor, word: ReadWord): Refusal | null {
  const policy = READ_POLICY[word];
  if (!actor.startsWith('person:')) {
    return refuse('E-ACCESS-014', `${actor} has no screens.`, 'Sign in as a person.');
  }
  if (policy === 'anyone signed in') return null;
  return holdsOneOf(state, actor, policy, `reading ${word}`);
}

function holdsOneOf(
  state: AccessState,
  actor: Actor,
  roles: readonly Role[] | 'everybody',
  what: string,
): Refusal | null {
  const member = memberOf(state, actor.slice('person:'.length));
  if (!member) {
    return refuse(
      'E-ACCESS-012',
      'You do not belong to this site, or no longer.',
      'Ask an administrator to invite you.',
    );
  }
  if (roles === 'everybody') return null;
  if (member.roles.some((role) => roles.includes(role))) return null;
  const yours = member.roles.length > 0 ? member.roles.join(', ') : 'none';
  return refuse(
    'E-ACCESS-013',
    roles.length > 0
      ? `${capital(what)} is for: ${roles.join(', ')}. Your roles: ${yours}.`
      : `${capital(what)} is not run by people.`,
    roles.length > 0
      ? 'Ask one of them to do it, or an administrator for the role.'
      : 'It follows by itself from what people record.',
  );
}

function notByMachine(actor: Actor, commandType: string, policy: CommandPolicy): Refusal {
  return refuse(
    'E-ACCESS-015',
    `${actor} may not run "${commandType}".`,
    policy.roles === 'everybody'
      ? 'A person does this, in their own name.'
      : policy.roles.length > 0
        ? `A person does this: ${policy.roles.join(', ')}.`
        : 'It follows by itself from what happens.',
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
