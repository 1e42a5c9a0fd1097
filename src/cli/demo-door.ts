// How a visitor comes into a demo: ports, and the one-time link that signs them in.
import { firstLink } from '#app/first-credentials.ts';
import type { RunningPlant } from '#app/plant.ts';
import { CommandFailure, EXIT, type ParsedArguments, type Terminal } from './command.ts';

/** Prints the link that signs a visitor in as the planner, from where they may look through other eyes. */
export async function announceDemo(plant: RunningPlant, json: boolean, terminal: Terminal): Promise<void> {
  const { access } = plant.site.state();
  const guide = [...access.people.values()].find((member) => member.roles.includes('planner'));
  const link = await firstLink(plant, guide?.personId ?? '');
  const open = plant.url + link.path;
  if (json) terminal.say(`open within 15 min: ${open}`);
  else terminal.data(`open within 15 min: ${open}`);
}

export function portOf(args: ParsedArguments, name: string): number {
  const port = Number(args.values[name]);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new CommandFailure(
    'E-DEMO-007',
    `--${name} "${args.values[name]}" is no port.`,
    'Give a number from 0 to 65535; 0 takes a free one.',
    EXIT.usage,
  );
}
