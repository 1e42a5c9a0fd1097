import { existsSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem } from './problem.ts';

/** The built screens, and `index.html` for every address a screen may have. Without them only the API answers. */
export async function mountScreens(app: FastifyInstance, webDir: string | undefined): Promise<void> {
  if (webDir === undefined || !existsSync(join(webDir, 'index.html'))) {
    app.setNotFoundHandler(() => {
      throw nothingThere();
    });
    return;
  }
  await app.register(async (files) => {
    files.addHook('onRoute', (route) => {
      route.config = {
        ...route.config,
        policy: { open: 'the screens hold no data until somebody signs in' },
      };
    });
    await files.register(staticFiles, {
      root: webDir,
      wildcard: false,
      cacheControl: false,
      dotfiles: 'ignore',
      setHeaders: (reply, path) => {
        const hashed = path.includes('/assets/');
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    files.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
      if (!wantsScreen(request)) throw nothingThere();
      return reply.header('cache-control', 'no-cache').sendFile('index.html');
    });
  });
}

function wantsScreen(request: FastifyRequest): boolean {
  const accepted = request.headers.accept ?? '';
  return request.method === 'GET' && !request.url.startsWith('/api') && accepted.includes('text/html');
}

function nothingThere(): ApiProblem {
  return new ApiProblem(
    404,
    'E-HTTP-404',
    'Nothing is found at this address.',
    'Check the address; /api/openapi.json lists every one there is.',
  );
}
