/** A fenced `sh` block of a document, with what the HTML comments before it say about running it. */
export interface ShellBlock {
  /** file and line */
  where: string;
  /** one each, continuation lines joined */
  commands: string[];
  /** `<!-- until: text -->`: goes on by itself; this output ends it */
  until: string | null;
  /** `<!-- exit: 1 -->` */
  exit: number;
  /** `<!-- shows: text -->`, any number of them */
  shows: string[];
  /** `<!-- elsewhere: test/file.ts -->`: this file runs it */
  elsewhere: string | null;
}

const MARK = /^<!-- (until|exit|shows|elsewhere): (.+) -->$/;

/** Reads the blocks of a Markdown text in order. */
export function blocksOf(markdown: string, file: string): ShellBlock[] {
  const blocks: ShellBlock[] = [];
  let marks: [string, string][] = [];
  const lines = markdown.split('\n');
  for (let n = 0; n < lines.length; n++) {
    const line = lines[n] as string;
    const mark = MARK.exec(line);
    if (mark) marks.push([mark[1] as string, mark[2] as string]);
    else if (line === '```sh') {
      const end = lines.indexOf('```', n);
      blocks.push(blockOf(`${file}:${n + 1}`, lines.slice(n + 1, end), marks));
      marks = [];
      n = end;
    } else if (line !== '') marks = [];
  }
  return blocks;
}

function blockOf(where: string, lines: string[], marks: [string, string][]): ShellBlock {
  const all = (name: string): string[] => marks.filter(([known]) => known === name).map(([, text]) => text);
  const text = lines.join('\n').replace(/ *\\\n\s*/g, ' ');
  const commands = text.split('\n').map((line) => line.replace(/\s+#\s.*$/, '').trim());
  return {
    where,
    commands: commands.filter((line) => line !== '' && !line.startsWith('#')),
    until: all('until')[0] ?? null,
    exit: Number(all('exit')[0] ?? 0),
    shows: all('shows'),
    elsewhere: all('elsewhere')[0] ?? null,
  };
}

/** The same command on free ports: `npm start` is the demo in an empty folder, and 0 takes any port. */
export function readyForTest(command: string): string {
  const named = command.replace(/^npm start$/, 'bin/throughline demo');
  if (!/^(bin\/)?throughline (demo|serve)\b/.test(named) || named.includes('--headless')) return named;
  const bare = named.replace(/ --(mqtt-)?port \d+/g, '');
  return `${bare} --port 0 --mqtt-port 0`;
}
