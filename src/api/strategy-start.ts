import { z } from 'zod';
import { type StartView, startView } from '#views/start.ts';
import { amountMinor, done, hours, id } from './commands.ts';
import { type Route, route } from './route.ts';
import { estimate, idFromName, words } from './strategy-shapes.ts';
import { lookOf, viewOf } from './view.ts';

/** Machines named in one go; more is an import. */
const MAX_MACHINES = 20;

const machine = z.strictObject({
  name: words,
  equipmentClass: z.string().trim().max(200).default(''),
  /** what stands when it stands */
  whatStops: words,
  hoursPerYear: hours.nullable(),
  costMinorPerYear: amountMinor.nullable(),
  stopHourMinor: amountMinor.nullable(),
});

export const startRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/strategy/start',
    policy: { read: 'strategy' },
    summary: 'From an empty page to the first monitor: steps, machines, and what is still missing',
    answer: viewOf<StartView>(),
    handle: async (_input, call) => startView(lookOf(call)),
  }),
  route({
    method: 'POST',
    path: '/strategy/start/machines',
    policy: { command: 'strategy.register-asset' },
    summary: 'Name machines that hurt, with hours and money from memory, graded as your estimate',
    body: z.strictObject({ machines: z.array(machine).min(1).max(MAX_MACHINES) }),
    answer: done.extend({ assetIds: z.array(id) }),
    handle: async ({ body }, call) => {
      const assetIds: string[] = [];
      let facts = 0;
      let seq = 0;
      for (const [n, one] of body.machines.entries()) {
        const { site, strategy } = call.site.state();
        const same = (known: string): boolean => strategy.assets.get(known)?.name === one.name;
        const assetId = idFromName(site, one.name, strategy.assets, same);
        const known = strategy.assets.get(assetId);
        const registered = await call.run(
          {
            assetId,
            name: one.name,
            parentId: known?.parentId ?? null,
            equipmentClass: one.equipmentClass || (known?.equipmentClass ?? 'machine'),
            stopHourMinor: estimate(call, one.stopHourMinor) ?? known?.stopHourMinor ?? null,
          },
          'strategy.register-asset',
          `machine${n}`,
        );
        const told = await call.run(
          {
            assetId,
            whatStops: one.whatStops,
            hoursPerYear: estimate(call, one.hoursPerYear),
            costMinorPerYear: estimate(call, one.costMinorPerYear),
          },
          'strategy.estimate-loss',
          `loss${n}`,
        );
        assetIds.push(assetId);
        facts += registered.facts + told.facts;
        seq = told.seq;
      }
      return { ok: true as const, facts, seq, assetIds };
    },
  }),
];
