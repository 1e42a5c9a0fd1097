import type { Recorded } from '#vocabulary/fact.ts';
import { MAX_LOCK_OUTS_AN_HOUR } from './credentials.ts';
import type { AccessFact } from './events.ts';
import type { AccessState } from './state.ts';

/** Changes `state` in place. */
export function evolveAccess(state: AccessState, recorded: Recorded<AccessFact>): void {
  switch (recorded.type) {
    case 'access.person-joined': {
      const { personId, crewId, simulated } = recorded.data;
      const known = state.people.get(personId);
      if (known) known.crewId = crewId;
      else {
        state.people.set(personId, {
          personId,
          crewId,
          simulated,
          roles: [],
          takenBack: [],
          guestCrewId: null,
          joinedAtMs: recorded.atMs,
          leftAtMs: null,
        });
      }
      return;
    }
    case 'access.role-granted': {
      const member = state.people.get(recorded.data.personId);
      if (!member) return;
      member.roles.push(recorded.data.role);
      member.takenBack = member.takenBack.filter((role) => role !== recorded.data.role);
      return;
    }
    case 'access.role-revoked': {
      const member = state.people.get(recorded.data.personId);
      if (!member) return;
      member.roles = member.roles.filter((role) => role !== recorded.data.role);
      member.takenBack.push(recorded.data.role);
      if (recorded.data.role === 'guest contractor') member.guestCrewId = null;
      return;
    }
    case 'access.guest-assigned': {
      const member = state.people.get(recorded.data.personId);
      if (member) member.guestCrewId = recorded.data.crewId;
      return;
    }
    case 'access.locked-out':
      state.lockOutsAtMs.push(recorded.atMs);
      if (state.lockOutsAtMs.length > MAX_LOCK_OUTS_AN_HOUR) state.lockOutsAtMs.shift();
      return;
    case 'access.person-left': {
      const member = state.people.get(recorded.data.personId);
      if (member) {
        member.leftAtMs = recorded.atMs;
        member.roles = [];
      }
      return;
    }
    case 'access.client-enrolled': {
      const { clientId, kind, publish } = recorded.data;
      const client = { clientId, kind, publish, enrolledAtMs: recorded.atMs, revokedAtMs: null };
      state.clients.set(clientId, client);
      return;
    }
    case 'access.client-revoked': {
      const client = state.clients.get(recorded.data.clientId);
      if (client) client.revokedAtMs = recorded.atMs;
      return;
    }
    default:
  }
}
