import { type CliCommand, CommandFailure, EXIT } from './command.ts';

export const command: CliCommand = {
  name: 'demo',
  summary: 'A living plant to look around in, or a recorded machine through the whole line',
  options: [
    { name: 'data', value: 'CSV', summary: 'a recorded machine: a file with columns timestamp,value' },
    { name: 'plan', value: 'FILE', summary: 'plan of the recorded machine; default: the example' },
    {
      name: 'events',
      value: 'CSV',
      summary: 'known events (from,to,at); default: the one *_events.csv beside the data',
    },
    {
      name: 'headless',
      summary: 'no screens: simulated people answer through the API, then counts are printed',
    },
    { name: 'folder', value: 'DIR', summary: 'keep the data in this folder' },
    { name: 'port', value: 'N', summary: 'port of the screens; 0 takes a free one', default: '7070' },
    { name: 'mqtt-port', value: 'N', summary: 'port of the broker; 0 takes a free one', default: '8883' },
  ],
  examples: [
    'throughline demo',
    'throughline demo --data machine.csv --headless --json',
    'throughline demo --data machine.csv',
  ],
  async run(args, terminal) {
    if (args.values['data'] === undefined) {
      if (args.switches.has('headless')) {
        throw new CommandFailure(
          'E-DEMO-006',
          'Without screens the demo has nothing to show.',
          'Give --data FILE with --headless, or leave --headless out.',
          EXIT.usage,
        );
      }
      const { runDemo } = await import('./demo-live.ts');
      return runDemo(args, terminal);
    }
    const { runRecorded } = await import('./demo-recorded.ts');
    return runRecorded(args, terminal);
  },
};
