import { z } from 'zod';
import { isoUtc } from '#vocabulary/time.ts';
import { client, enrolment } from './access-shapes.ts';
import { done, id } from './commands.ts';
import { shownBefore } from './problem.ts';
import { type Route, route } from './route.ts';

const clientId = z.string().min(1).max(64);
/** `cmd/` is the way back to a device, on which none may publish */
const filter = z
  .string()
  .min(1)
  .max(256)
  .refine((text) => !/^cmd(\/|$)/.test(text), { error: 'begins with cmd/, which no device may publish on' });

/** Devices that may send readings: enrolled by name with a publish list, revoked for good. */
export const deviceRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/access/clients',
    policy: { read: 'access' },
    summary: 'Devices and connectors with their publish lists',
    answer: z.object({ clients: z.array(client) }),
    handle: async (_input, call) => ({
      clients: [...call.site.state().access.clients.values()].map((known) => ({
        clientId: known.clientId,
        kind: known.kind,
        publish: known.publish,
        enrolledAt: isoUtc(known.enrolledAtMs),
        revokedAt: known.revokedAtMs === null ? null : isoUtc(known.revokedAtMs),
      })),
    }),
  }),
  route({
    method: 'POST',
    path: '/access/clients',
    policy: { command: 'access.enroll-client' },
    summary: 'Enrol a device, or give a known one a new secret; the answer holds the secret, shown once',
    body: z.strictObject({ clientId, publish: z.array(filter).min(1).max(64) }),
    answer: enrolment,
    handle: async ({ body }, call) => {
      // recorded before it takes effect, so that no secret comes into being without a record
      const { again } = await call.run({ ...body, kind: 'edge' });
      if (again) {
        throw shownBefore(
          'the secret',
          'If it was lost, enrol the device again as a new wish: it gets a new secret.',
        );
      }
      const secret = await call.devices.enrol(body.clientId, body.publish);
      return { clientId: body.clientId, secret, url: call.devices.url(), ca: await call.devices.trust() };
    },
  }),
  route({
    method: 'POST',
    path: '/access/clients/:clientId/revoke',
    policy: { command: 'access.revoke-client' },
    summary: 'Revoke a device: its connection ends now, and its name is never given out again',
    params: z.strictObject({ clientId: id }),
    answer: done,
    handle: async ({ params }, call) => {
      const answer = await call.run(params);
      await call.devices.revoke(params.clientId);
      return answer;
    },
  }),
];
