import { betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { getMigrations } from 'better-auth/db/migration';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '#ports/identity.ts';

/** A session ends this long after it was opened, whatever happens in between. */
const SESSION_LIFE_S = 7 * 86_400;

export interface LibraryOptions {
  db: Database;
  secret: string;
  /** true sets `Secure` on cookies and the `__Secure-` prefix on their name */
  tls: boolean;
}

/**
 * Opens a session for a person whom a one-time link or the demo let in.
 * Callable from this process alone; no router is mounted.
 */
const houseSessions = {
  id: 'house-sessions',
  schema: {
    session: {
      fields: { demo: { type: 'boolean', required: false, defaultValue: false, input: false } },
    },
  },
  endpoints: {
    openSession: createAuthEndpoint(
      '/house/open-session',
      {
        method: 'POST',
        body: z.object({ personId: z.string(), demo: z.boolean() }),
        metadata: { SERVER_ONLY: true },
      },
      async (ctx) => {
        const { internalAdapter } = ctx.context;
        const user = await internalAdapter.findUserById(ctx.body.personId);
        if (!user) throw new Error(`no account for ${ctx.body.personId}`);
        const session = await internalAdapter.createSession(user.id, false, { demo: ctx.body.demo }, true);
        await setSessionCookie(ctx, { session, user }, false);
        return ctx.json({ sessionId: session.id });
      },
    ),
  },
} as const;

/**
 * The identity library, set up for this house: passwords only, no sign-up, no HTTP routes of its own, nothing sent
 * anywhere. Its tables are made or widened before it is returned.
 */
export async function openLibrary({ db, secret, tls }: LibraryOptions) {
  // the library also reads this variable, and a true one would outweigh the option below
  delete process.env['BETTER_AUTH_TELEMETRY'];
  const options = {
    appName: 'Throughline',
    baseURL: tls ? 'https://localhost' : 'http://localhost',
    secret,
    database: db,
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
    },
    user: { modelName: 'auth_user' },
    session: {
      modelName: 'auth_session',
      expiresIn: SESSION_LIFE_S,
      disableSessionRefresh: true,
    },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'throughline',
      useSecureCookies: tls,
      ipAddress: { disableIpTracking: true },
    },
    plugins: [houseSessions],
  } satisfies Parameters<typeof betterAuth>[0];
  const auth = betterAuth(options);
  const migrations = await getMigrations(options);
  await migrations.runMigrations();
  return auth;
}

export type Library = Awaited<ReturnType<typeof openLibrary>>;
