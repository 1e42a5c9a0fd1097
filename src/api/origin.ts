import type { FastifyRequest } from 'fastify';
import { ApiProblem } from './problem.ts';

const LOOPBACK_NAME = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** True for an address that only programs on this machine reach. */
export function isLoopback(host: string): boolean {
  return LOOPBACK_NAME.test(host) || host === '::1';
}

/** Host part of a Host header: `plant.example` of `plant.example:8443`. */
function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

/**
 * Refuses requests that reached this server under a name that is not its own: a page elsewhere could have pointed
 * its name at this machine. Without own names only loopback names pass; `*` never stands for all.
 */
export function checkHost(request: FastifyRequest, ownNames: ReadonlySet<string>): void {
  const host = request.headers.host;
  if (host === undefined) throw foreignHost('no name');
  const name = nameOf(host);
  if (!LOOPBACK_NAME.test(name) && !ownNames.has(name)) throw foreignHost(`the name "${name.slice(0, 100)}"`);
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a changing request that another site's page made: beside SameSite cookies, Sec-Fetch-Site and Origin must
 * not contradict. Programs that are no browsers send neither and hold no one's cookies by accident.
 */
export function checkOrigin(request: FastifyRequest, tls: boolean): void {
  if (SAFE.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw foreignOrigin();
  const { origin } = request.headers;
  if (origin === undefined) return;
  const own = `${tls ? 'https' : 'http'}://${request.headers.host ?? ''}`.toLowerCase();
  if (origin.toLowerCase() !== own) throw foreignOrigin();
}

function foreignHost(what: string): ApiProblem {
  return new ApiProblem(
    421,
    'E-HTTP-003',
    `This server was asked under ${what}, which is not its own.`,
    'Open it under its own name, or add the name to the configured host names.',
  );
}

function foreignOrigin(): ApiProblem {
  return new ApiProblem(
    403,
    'E-HTTP-004',
    'The request came from a page of another site.',
    'Use the screens of this server, or a program that sends no Origin header.',
  );
}
