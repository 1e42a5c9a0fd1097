import { z } from 'zod';
import { done, id } from './commands.ts';
import type { Enrolment } from './contract.ts';
import { type Route, route } from './route.ts';

const clientId = z.string().regex(/^[\w.:-]{1,64}$/);

/** Devices that may send readings: each with a secret of its own that is shown once. */
export const deviceRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/access/clients',
    policy: { command: 'access.enroll-client' },
    summary: 'Enrol a device, or give a known one a new secret; the secret is shown once',
    body: z.strictObject({
      clientId,
      publish: z.array(z.string().min(1).max(200)).min(1).max(100),
    }),
    answer: z.object({ clientId, secret: z.string() }) satisfies z.ZodType<Enrolment>,
    handle: async ({ body }, call) => {
      await call.run({ ...body, kind: 'edge' });
      const secret = await call.data.enrolDevice(body.clientId, body.publish);
      return { clientId: body.clientId, secret };
    },
  }),
  route({
    method: 'POST',
    path: '/access/clients/:clientId/revoke',
    policy: { command: 'access.revoke-client' },
    summary: "End a device's right at once; its connection is cut",
    params: z.strictObject({ clientId: id }),
    answer: done,
    handle: async ({ params }, call) => {
      const answer = await call.run(params);
      await call.data.revokeDevice(params.clientId);
      return answer;
    },
  }),
];
