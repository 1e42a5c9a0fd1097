import type { FastifyInstance } from 'fastify';
import { PortFailure } from '#ports/failure.ts';
import { isLoopback } from './origin.ts';

/**
 * Opens the port.
 * @param port 0 takes a free one
 * @returns the address to open, with the port that was taken
 * @throws PortFailure E-HTTP-030 when the address is reachable by others and TLS is not configured
 */
export async function listenHttp(
  app: FastifyInstance,
  options: { host: string; port: number; tls: boolean },
): Promise<{ url: string; port: number }> {
  if (!isLoopback(options.host) && !options.tls) {
    throw new PortFailure(
      'E-HTTP-030',
      `${options.host} can be reached from other machines, and TLS is not configured.`,
      'Configure certificate and key, or bind to 127.0.0.1.',
      false,
    );
  }
  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw error;
    throw new PortFailure(
      'E-HTTP-031',
      `${options.host}:${options.port} cannot be opened (${code}).`,
      'Choose another port, or stop the program that holds it.',
      false,
    );
  }
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return { url: `${options.tls ? 'https' : 'http'}://${host}:${port}`, port };
}
