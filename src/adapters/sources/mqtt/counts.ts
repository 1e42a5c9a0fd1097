/** What the MQTT source counts; the sources page shows each with its sentence. */
export const COUNTED = {
  'connections-opened': 'connections opened',
  'connections-over-limit': 'connections refused because the site has as many as it may',
  'address-over-limit': 'connections refused: too many of this address have not signed in',
  'tls-refused': 'connections that did not complete a TLS handshake (plain TCP, old TLS, or too slow)',
  'connect-missing': 'connections cut: the first packet was not CONNECT',
  'connect-too-large': 'connections cut: CONNECT larger than allowed',
  'connect-late': 'connections cut: CONNECT did not arrive in time',
  'length-malformed': 'connections cut: the length of a packet cannot be read',
  'packet-unknown': 'connections cut: a packet that a client never sends',
  'packet-too-large': 'connections cut: a packet larger than allowed',
  'packet-slow': 'connections cut: a packet was begun and not finished in time',
  anonymous: 'sign-ins refused: no user name or password',
  'identity-mismatch': 'sign-ins refused: user name and client id differ',
  'credentials-wrong': 'sign-ins refused: unknown client or wrong secret',
  'credentials-locked': 'sign-ins refused unseen after too many wrong ones',
  'gate-failed': 'sign-ins that could not be checked',
  'signed-in': 'sign-ins',
  'will-ignored': 'last wills ignored',
  'session-not-kept': 'requests for a kept session, answered with a new one',
  'subscribe-refused': 'subscriptions refused',
  'topic-refused': 'messages refused: the device may not publish on the topic',
  'topic-too-long': 'messages refused: topic longer than allowed',
  'retain-ignored': 'messages whose retain flag was ignored',
  messages: 'messages received',
  readings: 'readings handed to the site',
  unclaimed: 'messages on topics that no monitor claims',
  malformed: 'messages with something that could not be read',
  'not-committed': 'messages not acknowledged because the site could not write',
  'held-back': 'times a sender was held back because too much was in flight',
  'clients-disconnected': 'devices disconnected by the site',
  'protocol-errors': 'connections ended by a protocol error',
} as const;

export type Reason = keyof typeof COUNTED;

export class Counts {
  readonly #counts = new Map<Reason, number>();

  add(reason: Reason, n = 1): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + n);
  }

  of(reason: Reason): number {
    return this.#counts.get(reason) ?? 0;
  }

  /** All reasons with their sentence and count since the start, zeros included. */
  rows(): { reason: Reason; sentence: string; count: number }[] {
    return (Object.keys(COUNTED) as Reason[]).map((reason) => ({
      reason,
      sentence: COUNTED[reason],
      count: this.of(reason),
    }));
  }
}
