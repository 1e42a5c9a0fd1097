import type { Refusal } from '#vocabulary/refusal.ts';

/** Who is behind a request. */
export interface Session {
  personId: string;
  sessionId: string;
  /** opened through a demo link: may look through the eyes of simulated people */
  demo: boolean;
  /** machine time, ms since 1970 */
  expiresAtMs: number;
}

export type LinkKind = 'first' | 'invitation' | 'demo';

/** Works once, until it expires. The token is kept only as a hash, so it can be shown only now. */
export interface OneTimeLink {
  /** tells links apart in the journal; opens nothing */
  linkId: string;
  token: string;
  /** path to open in a browser; the token stands behind `#`, which browsers never send to a server */
  path: string;
  expiresAtMs: number;
}

/** What an unused, unexpired link is for. */
export interface LinkView {
  linkId: string;
  kind: LinkKind;
  personId: string;
  expiresAtMs: number;
}

export interface Credentials {
  email: string;
  password: string;
}

/** A session that was just opened, with the `Set-Cookie` values that carry it. */
export interface SignedIn {
  session: Session;
  cookies: string[];
}

export interface Account {
  personId: string;
  /** null for simulated people, who have none */
  email: string | null;
  hasPassword: boolean;
  /** sessions that have not expired */
  sessions: number;
  /** end of the open invitation, machine time; null when there is none */
  invitedUntilMs: number | null;
}

export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 128;

/**
 * Accounts and sessions of people. Accounts come into being by a one-time link only.
 * All times here are the machine's, never plant time.
 */
export interface Identity {
  /** @param headers of the request; only its cookies count */
  sessionOf(headers: Headers): Promise<Session | null>;
  /** true until somebody has a password */
  needsFirstLink(): boolean;
  /** Link that makes `personId` the first administrator (15 min), or in a demo signs in as that simulated person. */
  createFirstLink(personId: string): OneTimeLink;
  /**
   * Link that lets a person set e-mail and password (7 days). An earlier open link of the person becomes void.
   * @param linkId chosen by whoever recorded the wish
   */
  invite(personId: string, linkId: string): OneTimeLink;
  /** null when the token is unknown, used or expired */
  linkOf(token: string): LinkView | null;
  /**
   * Uses a link up. `credentials` are needed but for a demo link. Earlier sessions of the person end.
   * @param record called when all is well and nothing is changed yet; when it rejects, nothing will be
   */
  redeemLink(
    token: string,
    credentials: Credentials | null,
    record: (link: LinkView) => Promise<void>,
  ): Promise<SignedIn | Refusal>;
  /**
   * @param ip address of the peer's socket, for the lockout
   * @param onLockedOut called when this attempt was the one that shut the door, with the person of the account or null
   */
  signIn(
    credentials: Credentials,
    ip: string,
    onLockedOut: (personId: string | null) => Promise<void>,
  ): Promise<SignedIn | Refusal>;
  /** Ends the session of these headers; returns the `Set-Cookie` values that clear it. */
  signOut(headers: Headers): Promise<string[]>;
  /** Ends every session of a person, effective with the next request. */
  revokeAll(personId: string): void;
  /** Demo only: ends this session and opens one of a simulated person. The caller says that the person is simulated. */
  switchTo(headers: Headers, personId: string): Promise<SignedIn | Refusal>;
  /** Removes account, password, sessions and links of a person. */
  erase(personId: string): void;
  accounts(): Account[];
  /** calls back with the person whose sessions ended; returns a cancel function */
  onSessionsEnded(listener: (personId: string) => void): () => void;
  close(): void;
}
