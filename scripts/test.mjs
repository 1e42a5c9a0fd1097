// `npm test` on any machine with Node 20 and npm: brings Node 24 and the packages, then runs every check there.
import { join } from 'node:path';
import { prepare, ROOT, run } from '../tools/launcher/start.mjs';
import { tellFailure } from '../tools/launcher/talk.mjs';

try {
  const node = await prepare();
  process.exitCode = await run(node, [join(ROOT, 'scripts', 'check.ts'), ...process.argv.slice(2)]);
} catch (thrown) {
  tellFailure(thrown, []);
}
