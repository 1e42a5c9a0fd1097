import { apiRoutes } from '#api/all.ts';
import { demoRoutes } from '#api/demo.ts';
import { createHttp } from '#api/http.ts';
import type { Rooms } from '#api/site.ts';
import { COMMANDS } from '#cli/all.ts';
import { commandHelp, programHelp } from '#cli/help.ts';
import { version } from '#cli/version.ts';

/** docs/reference/cli.md: every command's own help. */
export async function cliReference(): Promise<string> {
  const commands = await Promise.all(COMMANDS.map(async (entry) => (await entry.load()).command));
  const parts = commands.map(
    (one) => `## throughline ${one.name}\n\n\`\`\`text\n${commandHelp(one)}\n\`\`\`\n`,
  );
  return [
    '# The command line\n',
    'Written by `node scripts/write-references.ts` from the commands themselves. In a clone the program is `bin/throughline`.\n',
    `\`\`\`text\n${programHelp(commands, version())}\n\`\`\`\n`,
    ...parts,
  ].join('\n');
}

/** docs/reference/openapi.json: what a server describes at /api/openapi.json, with no server and no site behind it. */
export async function apiReference(): Promise<string> {
  const nothing = () => () => undefined;
  const rooms = { site: { subscribe: nothing }, identity: { onSessionsEnded: nothing } };
  const app = await createHttp({
    rooms: rooms as unknown as Rooms,
    routes: [...apiRoutes, demoRoutes(() => undefined)],
    version: version(),
  });
  try {
    const { swagger } = app as unknown as { swagger(): object };
    return `${JSON.stringify(swagger.call(app), null, 2)}\n`;
  } finally {
    await app.close();
  }
}
