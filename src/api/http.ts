// The HTTP frame: who may come in, what may come in, and how every no is said.
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type RouteOptions } from 'fastify';
import { createSerializerCompiler, jsonSchemaTransform, validatorCompiler } from 'fastify-type-provider-zod';
import { accessRoutes } from './access.ts';
import { describeProblems, describeRoute, PROBLEM_SCHEMA } from './description.ts';
import { EventHub } from './events.ts';
import { admit, callOf, headersOf } from './guard.ts';
import { checkHost, checkOrigin } from './origin.ts';
import { ApiProblem, problemOf, sendProblem } from './problem.ts';
import type { Route, RoutePolicy } from './route.ts';
import { mountScreens } from './screens.ts';
import type { Rooms } from './site.ts';

export const API_PREFIX = '/api/v1';
export const MAX_BODY_BYTES = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
const RATE_WINDOW_MS = 10_000;
/** Requests of one address within the window: wide enough for a plant behind one gateway. */
const MAX_REQUESTS_PER_WINDOW = 3_000;

export interface HttpOptions {
  rooms: Rooms;
  /** one list per stage word, from the stage route files */
  routes: readonly (readonly Route[])[];
  version: string;
  /** folder of the built screens; absent or missing: API alone */
  webDir?: string;
  tls?: { cert: string | Buffer; key: string | Buffer };
  /** names this server answers to besides the loopback names; needed for any other address */
  hostNames?: readonly string[];
  /** a pino logger, or nothing is logged */
  logger?: FastifyBaseLogger;
  maxRequestsPerWindow?: number;
  heartbeatMs?: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: RoutePolicy;
  }
}

/** Builds the server with all its routes; `listenHttp` of listen.ts opens the port. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const app = fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    ...(options.tls ? { https: { ...options.tls, minVersion: 'TLSv1.2' } } : {}),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: false,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 200 },
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOf(error)),
    clientErrorHandler: answerBrokenRequest,
  }) as unknown as FastifyInstance;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(createSerializerCompiler());
  app.removeContentTypeParser('text/plain');
  answerProblems(app);
  const checkRoutes = watchRoutes(app);
  guardEveryRequest(app, options);
  await app.register(helmet, headerPolicy(options.tls !== undefined));
  await app.register(rateLimit, {
    global: true,
    max: options.maxRequestsPerWindow ?? MAX_REQUESTS_PER_WINDOW,
    timeWindow: RATE_WINDOW_MS,
    cache: 10_000,
    keyGenerator: (request) => request.socket.remoteAddress ?? 'unknown',
    errorResponseBuilder: (_request, context) =>
      new ApiProblem(
        429,
        'E-HTTP-005',
        'Too many requests came from this address.',
        `Wait ${Math.ceil(context.ttl / 1000)} s, then ask less often.`,
        { retryAfterS: Math.ceil(context.ttl / 1000) },
      ),
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Throughline', version: options.version, description: API_DESCRIPTION },
      components: { schemas: { Problem: PROBLEM_SCHEMA } },
    },
    transform: jsonSchemaTransform,
    transformObject: (made) =>
      'openapiObject' in made ? describeProblems(made.openapiObject) : made.swaggerObject,
  });
  mountOwn(app, options);
  for (const route of [...accessRoutes, ...options.routes.flat()]) await mount(app, route, options.rooms);
  await mountScreens(app, options.webDir);
  await app.ready();
  checkRoutes();
  return app;
}

const API_DESCRIPTION =
  'Every changing request on a stage needs the header Idempotency-Key (a UUID): the same key gets the same answer. ' +
  'Every answer that is not 2xx is a problem of RFC 9457 with a code and a way to mend it. ' +
  'Sign in at /api/v1/access/sign-in; the session travels in a cookie.';

function headerPolicy(tls: boolean): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // styles set from code (chart sizes, positions) need this; scripts never do
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: tls ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  };
}

function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) request.log.error({ err: error, code: problem.code }, 'request failed');
    return sendProblem(reply, problem);
  });
}

/** Bytes that are no HTTP get an answer all the same, then the connection ends. */
function answerBrokenRequest(error: Error & { code?: string }, socket: import('node:net').Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify({
    type: 'urn:throughline:problem:E-HTTP-013',
    title: 'Bad Request',
    status: 400,
    detail: 'The request cannot be read.',
    code: 'E-HTTP-013',
    mend: 'Send a well-formed HTTP request.',
  });
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function guardEveryRequest(app: FastifyInstance, options: HttpOptions): void {
  const ownNames = new Set((options.hostNames ?? []).map((name) => name.toLowerCase()));
  const tls = options.tls !== undefined;
  app.addHook('onRequest', async (request) => {
    checkHost(request, ownNames);
    checkOrigin(request, tls);
    const { policy } = request.routeOptions.config;
    if (policy) await admit(request, policy, options.rooms);
    else if (request.routeOptions.url !== undefined) {
      throw withoutPolicy(request.method, request.routeOptions.url);
    }
  });
}

/** A route that came in by another way than `mount` must say its policy too, or nothing starts. */
function watchRoutes(app: FastifyInstance): () => void {
  const seen: RouteOptions[] = [];
  app.addHook('onRoute', (route) => void seen.push(route));
  return () => {
    for (const route of seen) {
      if (!route.config?.policy) throw withoutPolicy(String(route.method), route.url);
    }
  };
}

function withoutPolicy(method: string, url: string): Error {
  return new Error(`E-HTTP-032 ${method} ${url} has no policy`);
}

async function mount(app: FastifyInstance, route: Route, rooms: Rooms): Promise<void> {
  if (!route.policy) throw withoutPolicy(route.method, route.path);
  const { upload } = route;
  if (upload === undefined) return mountOn(app, route, rooms);
  // in a scope of its own, so that no other route takes this kind of body
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(upload, (_request, payload, done) => done(null, payload));
    mountOn(scope, route, rooms);
  });
}

function mountOn(app: FastifyInstance, route: Route, rooms: Rooms): void {
  app.route({
    method: route.method,
    url: `${API_PREFIX}${route.path}`,
    exposeHeadRoute: false,
    config: {
      policy: route.policy,
      ...(route.perMinute ? { rateLimit: { max: route.perMinute, timeWindow: 60_000 } } : {}),
    },
    schema: describeRoute(route),
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const input = { params: request.params, query: request.query, body: request.body };
      const answer = await route.handle(input, callOf(request, reply, route, rooms));
      return route.answer ? answer : reply.status(204).send();
    },
  });
}

/** What is no stage's: health, the description of the API, and the stream of changes. */
function mountOwn(app: FastifyInstance, options: HttpOptions): void {
  const { rooms } = options;
  const own = (policy: RoutePolicy) => ({ exposeHeadRoute: false, config: { policy } });
  app.get(
    '/healthz',
    { ...own({ open: 'says only that the process lives' }), schema: { hide: true } },
    async () => ({
      ok: true,
    }),
  );
  app.get(
    '/readyz',
    { ...own({ open: 'says only whether input is accepted' }), schema: { hide: true } },
    async () => {
      const { ready, why } = rooms.site.ready();
      if (ready) return { ok: true };
      throw new ApiProblem(503, 'E-HTTP-021', why, 'Wait; the log says more.', { retryAfterS: 5 });
    },
  );
  app.get(
    '/api/openapi.json',
    { ...own({ open: 'the description is the same on every site' }), schema: { hide: true } },
    async () => app.swagger(),
  );
  const hub = new EventHub(rooms, options.heartbeatMs);
  hub.start(app);
  app.get(
    `${API_PREFIX}/events`,
    {
      ...own({ read: 'events' }),
      schema: { summary: 'Server-sent events: `changed` with {seq, stages}', tags: ['events'] },
    },
    async (request, reply) => {
      const headers = headersOf(request);
      const session = await rooms.identity.sessionOf(headers);
      if (!session)
        throw new ApiProblem(401, 'E-HTTP-001', 'Nobody is signed in.', 'Sign in, then try again.');
      hub.open(request, reply, session.personId, headers);
    },
  );
}
