import type { Actor } from '#vocabulary/ids.ts';
import { type Refusal, refuse } from '#vocabulary/refusal.ts';
import { ROLES, type Role } from './events.ts';
import { type AccessState, memberOf } from './state.ts';

/** Who may run a command: people by role, the loading of a plan (`system:setup`), standing rules by name. */
export interface CommandPolicy {
  roles: readonly Role[];
  setup: boolean;
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

function people(roles: readonly Role[]): CommandPolicy {
  return { roles, setup: false, rules: [] };
}
function peopleAndSetup(roles: readonly Role[]): CommandPolicy {
  return { roles, setup: true, rules: [] };
}
function rule(...rules: string[]): CommandPolicy {
  return { roles: [], setup: false, rules };
}

/**
 * The one table of who may change what. A command that is not in it runs for nobody.
 * Signing, activating, releasing and accepting money are a person's: setup never does them.
 */
export const COMMAND_POLICY = {
  'strategy.describe-plant': peopleAndSetup(['owner', 'administrator']),
  'strategy.set-objective': peopleAndSetup(PLAN_TABLE),
  'strategy.register-asset': peopleAndSetup(PLAN_TABLE),
  'strategy.assess-criticality': peopleAndSetup(PLAN_TABLE),
  'strategy.describe-failure-mode': peopleAndSetup(PLAN_TABLE),
  'strategy.form-crew': peopleAndSetup(['planner', ...PLAN_TABLE]),

  'monitor.declare-signal': peopleAndSetup(['reliability engineer']),
  'monitor.write-job-plan': peopleAndSetup(['planner', 'reliability engineer']),
  'monitor.draft': peopleAndSetup(['reliability engineer']),
  'monitor.change': people(['reliability engineer']),
  'monitor.mark-event': people(SIGNERS),
  'monitor.unmark-event': people(SIGNERS),
  'monitor.record-backtest': peopleAndSetup(['reliability engineer']),
  'monitor.start-trial': people(['reliability engineer']),
  'monitor.propose': people(['reliability engineer']),
  'monitor.sign-off': people(SIGNERS),
  'monitor.activate': people(PLAN_TABLE),
  'monitor.send-back-to-trial': people(PLAN_TABLE),
  'monitor.retire': people(PLAN_TABLE),

  'acquire.import-history': peopleAndSetup(['reliability engineer']),
  'acquire.remove-history': peopleAndSetup(['reliability engineer']),
  'acquire.expire-samples': rule('retention'),
  'acquire.set-aside': rule('set-aside'),

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
} as const satisfies Record<string, CommandPolicy>;

export type CommandType = keyof typeof COMMAND_POLICY;
export const COMMAND_TYPES = Object.keys(COMMAND_POLICY) as CommandType[];

const STAFF: readonly Role[] = ROLES.filter((role) => role !== 'guest contractor');

/**
 * Who may read what, by the first word of a route. `self` needs a session and no role; guests see the work they
 * are given and nothing of money, strategy or other people's addresses.
 */
export const READ_POLICY = {
  self: 'anyone signed in',
  events: ROLES,
  today: ROLES,
  work: ROLES,
  people: STAFF,
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

function holdsOneOf(state: AccessState, actor: Actor, roles: readonly Role[], what: string): Refusal | null {
  const member = memberOf(state, actor.slice('person:'.length));
  if (!member) {
    return refuse(
      'E-ACCESS-012',
      'You do not belong to this site, or no longer.',
      'Ask an administrator to invite you.',
    );
  }
  if (member.roles.some((role) => roles.includes(role))) return null;
  const yours = member.roles.length > 0 ? member.roles.join(', ') : 'none';
  return refuse(
    'E-ACCESS-013',
    roles.length > 0
      ? `${what} is for: ${roles.join(', ')}. Your roles: ${yours}.`
      : `${what} is not run by people.`,
    roles.length > 0
      ? 'Ask one of them to do it, or an administrator for the role.'
      : 'It follows by itself from what people record.',
  );
}

function notByMachine(actor: Actor, commandType: string, policy: CommandPolicy): Refusal {
  return refuse(
    'E-ACCESS-015',
    `${actor} may not run "${commandType}".`,
    policy.roles.length > 0
      ? `A person does this: ${policy.roles.join(', ')}.`
      : 'Only a standing rule does this.',
  );
}
