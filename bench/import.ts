// How long a plant waits for its history: 100,000 work orders through the command line, as a person brings them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interleaved, type Section } from './measure.ts';

const ORDERS = 100_000;
const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const WORDS = [
  'pump',
  'bearing',
  'hose',
  'leaking',
  'noisy',
  'replace',
  'check',
  'left',
  'right',
  'seal',
  'motor',
];
const START_MS = Date.UTC(2016, 0, 1);

export const importSection: Section = {
  name: 'import',
  summary: `${ORDERS.toLocaleString('en')} work orders from CSV`,
  async run(options) {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-import-'));
    const numbered = join(folder, 'numbered.csv');
    const bare = join(folder, 'bare.csv');
    writeFileSync(numbered, table(true));
    writeFileSync(bare, table(false));
    const plants = { numbered: join(folder, 'a'), bare: join(folder, 'b') };
    const fresh = (plant: string) => () => rmSync(plant, { recursive: true, force: true });
    const bring = (file: string, plant: string) => () =>
      command('import', 'work-orders', file, '--data', plant, '--currency', 'EUR');
    try {
      const measured = await interleaved(options, 'ms', [
        {
          name: 'import, numbered',
          per: 1,
          prepare: fresh(plants.numbered),
          run: bring(numbered, plants.numbered),
        },
        {
          name: 'import, without numbers',
          per: 1,
          prepare: fresh(plants.bare),
          run: bring(bare, plants.bare),
        },
        { name: 'the same file again, all known', per: 1, run: bring(bare, plants.bare) },
        { name: 'losses by asset', per: 1, run: () => command('losses', '--data', plants.numbered) },
      ]);
      const about = [
        `ms from the start of the process to its end; ${ORDERS.toLocaleString('en')} rows of 12 columns, into an empty plant. Aim: below 10,000.`,
      ];
      return { section: 'import', about, measured, ratios: [] };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function command(...words: string[]): Promise<void> {
  const child = spawn(process.execPath, [MAIN, ...words, '--json'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const [exit] = (await once(child, 'close')) as [number];
  if (exit !== 0) throw new Error(`${words.join(' ')} ended with ${exit}: ${said}`);
}

/** Orders as a system lists them; one in fifty costs nothing. */
function table(numbered: boolean): string {
  const lines = [
    'Order;Order type;Basic start date;Basic finish date;Equipment;Functional location;Description;Total actual costs;Breakdown duration;Damage code;Object type;Plant section',
  ];
  for (let n = 0; n < ORDERS; n++) {
    const day = new Date(START_MS + Math.floor(n / 28) * 86_400_000)
      .toISOString()
      .slice(0, 10)
      .split('-')
      .toReversed();
    const text = [0, 3, 7].map((k) => WORDS[(n * 7 + k * k + Math.floor(n / 11)) % WORDS.length]).join(' ');
    const cost = n % 50 === 0 ? '0,00' : `${(n * 37) % 9_000},${String(n % 100).padStart(2, '0')}`;
    const place = `A1-L${n % 9}-${n % 31}`;
    const cells = [numbered ? String(4_000_000 + n) : '', `PM0${(n % 3) + 1}`, day.join('.'), day.join('.')];
    cells.push(
      `1000${n % 480}`,
      place,
      text,
      cost,
      n % 4 === 0 ? `${n % 12},5` : '',
      `D${n % 17}`,
      `C${n % 12}`,
      `S${n % 6}`,
    );
    lines.push(cells.join(';'));
  }
  return `${lines.join('\n')}\n`;
}
