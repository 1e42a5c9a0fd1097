// The HTTP face of a running plant: the API and the built screens on one address.
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiRoutes } from '#api/all.ts';
import { demoRoutes } from '#api/demo.ts';
import { createHttp } from '#api/http.ts';
import { listenHttp } from '#api/listen.ts';
import type { DeviceDesk } from '#api/site.ts';
import { openLibrary } from '#app/compose.ts';
import type { OpenFace, RunningPlant } from '#app/plant.ts';
import { version } from './version.ts';

export interface FaceOptions {
  host: string;
  /** 0 takes a free port */
  port: number;
  tls: { certFile: string; keyFile: string } | null;
  /** names it answers to besides the loopback names and its own address */
  hostNames?: readonly string[];
  /** a demo's one button */
  removeDemo?: () => void;
}

/** @throws PortFailure E-HTTP-030 when the address is not loopback and TLS is not configured */
export function httpFace(options: FaceOptions): OpenFace {
  return async (plant) => {
    const { host, port, tls } = options;
    const files = tls ? { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) } : null;
    const { site, identity, people } = plant;
    const app = await createHttp({
      rooms: {
        site,
        identity,
        people,
        data: plant,
        devices: deskOf(plant),
        history: plant.history(),
        tables: plant.tables,
        library: await openLibrary(),
        designs: plant.designs,
      },
      routes: options.removeDemo ? [...apiRoutes, demoRoutes(options.removeDemo)] : apiRoutes,
      version: version(),
      webDir: webDir(),
      hostNames: [host, ...(options.hostNames ?? [])],
      ...(files ? { tls: files } : {}),
    });
    try {
      const { url } = await listenHttp(app, { host, port, tls: files !== null });
      return { url, close: () => app.close() };
    } catch (failure) {
      await app.close();
      throw failure;
    }
  };
}

/** The devices of a plant as the API sees them. */
function deskOf(plant: RunningPlant): DeviceDesk {
  const { devices, broker, mqtt } = plant;
  return {
    enrol: (clientId, publish) => devices.enrol(clientId, publish, Date.now()),
    revoke: async (clientId) => void (await devices.revoke(clientId)),
    trust: () => readFile(broker.caFile(), 'utf8'),
    url: () => `mqtts://${mqtt.host}:${mqtt.port}`,
  };
}

/** Built screens: beside the packed code, or in the clone's dist. */
function webDir(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const packed = join(here, '..', 'web');
  return existsSync(join(packed, 'index.html')) ? packed : join(here, '..', '..', 'dist', 'web');
}
