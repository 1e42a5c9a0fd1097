import type { Role } from '../../../src/api/contract.ts';

/** Words of the people page. */
export const TEXTS = {
  question: 'Who may do what here?',
  people: 'People',
  invite: 'Invite a person',
  inviteHelp: 'The link works once, within 7 days. Only you see it, and only now.',
  name: 'Name',
  crew: 'Crew',
  noCrew: 'no crew',
  roles: 'Roles',
  makeLink: 'Make the link',
  linkShown: 'Give this link to the person by a safe way. It is not shown again.',
  copy: 'Copy the link',
  copied: 'Copied',
  newLink: 'New link',
  grant: 'Give a role',
  take: 'Take back',
  leave: 'Person leaves',
  erase: 'Erase the person',
  eraseAsk: 'Erase this person?',
  eraseHelp:
    'Name, address and free text go for good, sessions and account end. What was decided stays in the journal under a number, and the audit still verifies. This cannot be undone.',
  leaveAsk: 'Does this person leave?',
  leaveHelp: 'Roles, sessions and account end. The name stays on old records.',
  cancel: 'Cancel',
  signOutAll: 'End all sessions',
  devices: 'Devices and connectors',
  devicesNote: 'Each publishes only what stands on its list.',
  noDevices: 'No device is enrolled.',
  noDevicesBecause: 'A device gets its own certificate or password before it may send.',
  deviceName: 'Name of the device',
  deviceTopics: 'Topics it may send',
  enrol: 'Enrol it',
  secretShown: 'Put this secret into the device. It is not shown again; enrol it anew for another.',
  revoke: 'End its right',
  audit: 'Who did what, and when: the audit',
  erased: 'erased',
  left: 'left',
} as const;

/** Every role there is; the type keeps the list whole. */
const ALL: Record<Role, true> = {
  technician: true,
  'crew lead': true,
  planner: true,
  production: true,
  quality: true,
  'reliability engineer': true,
  owner: true,
  finance: true,
  'security officer': true,
  administrator: true,
  'guest contractor': true,
};
export const ROLES = Object.keys(ALL) as readonly Role[];
