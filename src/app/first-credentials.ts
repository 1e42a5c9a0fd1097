// Links and device secrets that the shell itself gives out: recorded like those that people give out.
import { randomUUID } from 'node:crypto';
import { PortFailure } from '#ports/failure.ts';
import type { Identity, OneTimeLink } from '#ports/identity.ts';
import { isRefusal } from '#vocabulary/refusal.ts';
import type { DeviceRegister } from './compose.ts';
import type { Site } from './site.ts';

/**
 * The link that opens an empty site, or a demo as one of its people. It is known to nobody before it is recorded.
 * @throws PortFailure when it cannot be recorded
 */
export async function firstLink(
  plant: { site: Pick<Site, 'run'>; identity: Identity },
  personId: string,
): Promise<OneTimeLink> {
  const link = plant.identity.createFirstLink(personId);
  const purpose = plant.identity.linkOf(link.token)?.kind ?? 'first';
  await record(plant.site, 'access.issue-link', { linkId: link.linkId, personId, purpose });
  return link;
}

/**
 * Enrols a device of a demo, or gives it a new secret.
 * @throws PortFailure when it cannot be recorded or enrolled
 */
export async function enrolDevice(
  plant: { site: Pick<Site, 'run'>; devices: DeviceRegister },
  clientId: string,
  publish: string[],
): Promise<string> {
  await record(plant.site, 'access.enroll-client', { clientId, kind: 'edge', publish });
  return plant.devices.enrol(clientId, publish, Date.now());
}

async function record(site: Pick<Site, 'run'>, type: string, data: unknown): Promise<void> {
  const answer = await site.run({ id: `door:${randomUUID()}`, type, actor: 'system:setup', data });
  if (isRefusal(answer)) throw new PortFailure(answer.code, answer.message, answer.mend, false);
}
