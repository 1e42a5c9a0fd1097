import { type CliCommand, EXIT } from './command.ts';
import { holdsPlant, plantFolder } from './data-folder.ts';

export const command: CliCommand = {
  name: 'start',
  summary: 'Runs the plant that is here, or the demo when there is none.',
  options: [],
  examples: ['throughline start'],
  async run(args, terminal) {
    const own = holdsPlant(plantFolder());
    const { command: chosen } = own ? await import('./serve.ts') : await import('./demo.ts');
    const values = Object.fromEntries(
      chosen.options.flatMap(({ name, default: preset }) => (preset === undefined ? [] : [[name, preset]])),
    );
    return (await chosen.run({ ...args, values: { ...values, ...args.values } }, terminal)) ?? EXIT.ok;
  },
};
