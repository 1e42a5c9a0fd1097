/** Zones of IEC 62443 that Throughline touches; levels as in the Purdue model. */
export type Zone = 'plant devices (level 2-3)' | 'throughline' | 'site users (level 3-4)';

export interface Conduit {
  from: Zone;
  to: Zone;
  protocol: 'mqtt over tls' | 'http' | 'https';
  /** TCP port that listens in zone `to` */
  port: number;
  /** seen from Throughline */
  direction: 'inbound' | 'outbound';
  /** `loopback`: only programs on the same machine reach it */
  reach: 'loopback' | 'network';
  purpose: string;
}

/** What listens or connects, as the configuration switched it on; null = off. */
export interface Switched {
  mqtt: { port: number; loopback: boolean } | null;
  http: { port: number; loopback: boolean; tls: boolean } | null;
}

/**
 * Every allowed path between zones, for the security page and the audit export.
 * What is not listed does not exist: there is no CMMS conduit, since notification text is copied by a person,
 * and no path leads from Throughline to a device.
 */
export function conduits(switched: Switched): Conduit[] {
  const list: Conduit[] = [];
  if (switched.mqtt) {
    list.push({
      from: 'plant devices (level 2-3)',
      to: 'throughline',
      protocol: 'mqtt over tls',
      port: switched.mqtt.port,
      direction: 'inbound',
      reach: switched.mqtt.loopback ? 'loopback' : 'network',
      purpose: 'readings from enrolled devices, each on its own publish list',
    });
  }
  if (switched.http) {
    list.push({
      from: 'site users (level 3-4)',
      to: 'throughline',
      protocol: switched.http.tls ? 'https' : 'http',
      port: switched.http.port,
      direction: 'inbound',
      reach: switched.http.loopback ? 'loopback' : 'network',
      purpose: 'screens and API for people with a session',
    });
  }
  return list;
}
