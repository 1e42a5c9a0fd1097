/** What a look at a journal from outside tells; nothing is changed by it. */
export interface JournalInspection {
  site: string;
  facts: number;
  intakeSeq: number;
  /** batches that wait in the journal to be archived, and when the oldest came (plant time, ms) */
  waiting: { batches: number; oldestMs: number | null };
  /** plant time of the last fact, ms; null before the first */
  lastFactMs: number | null;
  /** time zone that the plant's description names; null while it is not described */
  timeZone: string | null;
  snapshot: SnapshotInspection | null;
  /** the last signed head; null when none was ever signed */
  head: HeadInspection | null;
}

/** How far back readings rest; days are UTC, `2026-11-22`. */
export interface SamplesInspection {
  /** files of single readings */
  files: number;
  /** day of the oldest single readings; null without any */
  rawFrom: string | null;
  /** last day whose single readings have expired; null while all are kept */
  expiredTo: string | null;
}

export interface SnapshotInspection {
  facts: number;
  intakeSeq: number;
  /** its digest, chain hash and format fit; another is discarded at the next start */
  usable: boolean;
}

export interface HeadInspection {
  seq: number;
  atMs: number;
  /** why it does not vouch for the journal; null when it does */
  wrong: string | null;
}

/** A certificate on disk. */
export interface CertificateInspection {
  path: string;
  notAfterMs: number;
}
