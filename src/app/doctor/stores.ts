// What the plant remembers: journal, signed head, snapshot, archive, people, devices.
import type { JournalInspection, SamplesInspection } from '#ports/inspection.ts';
import { isoUtc } from '#vocabulary/time.ts';
import type { Inspection } from '../compose.ts';
import { type Check, failed, warning, well } from './finding.ts';

/** Batches that may wait while a server runs: it archives every few seconds. */
const MAX_WAITING_RUNNING = 20_000;
/** Without a usable snapshot a start judges so many inputs again within seconds. */
const QUICK_INPUTS = 100_000;

export function storeChecks(
  inspection: Inspection,
  journal: () => JournalInspection,
  running: () => boolean,
): Check[] {
  return [
    { number: '09', name: 'journal', look: () => opened(journal()) },
    { number: '10', name: 'signed head', look: () => head(journal()) },
    { number: '11', name: 'snapshot', look: () => snapshot(journal()) },
    { number: '12', name: 'archive', look: () => archive(journal(), inspection.samples(), running()) },
    {
      number: '13',
      name: 'people',
      look: () => well(`people.db opens; it knows ${inspection.people()} people.`),
    },
    {
      number: '14',
      name: 'devices',
      look: async () => well(`${await inspection.devices()} devices may connect.`),
    },
  ];
}

function opened({ site, facts, intakeSeq, lastFactMs }: JournalInspection) {
  const last = lastFactMs === null ? '' : `, the last of plant time ${isoUtc(lastFactMs)}`;
  return well(`The journal of site ${site} opens: ${facts} facts${last}; ${intakeSeq} inputs.`);
}

function head({ head: last, facts }: JournalInspection) {
  if (!last) {
    return facts === 0
      ? well('No head is signed yet; there is nothing to vouch for.')
      : warning(
          'No head of the chain was ever signed.',
          'Start the server: it signs one every 1,000 facts or 10 minutes, and when it stops.',
        );
  }
  if (last.wrong !== null) {
    return failed(
      `The last signed head does not vouch for the journal: ${last.wrong}.`,
      'Run throughline audit verify; it names the first record that is not what it was.',
    );
  }
  return well(`The head signed at ${isoUtc(last.atMs)} vouches for fact ${last.seq} of ${facts}.`);
}

function snapshot({ snapshot: kept, intakeSeq }: JournalInspection) {
  const slow = intakeSeq > QUICK_INPUTS ? ' That takes a while here.' : '';
  if (!kept) return well(`There is no snapshot; the next start judges ${intakeSeq} inputs again.${slow}`);
  if (!kept.usable) {
    return warning(
      `The snapshot at input ${kept.intakeSeq} cannot be used: it is of another version, damaged, or of another chain.${slow}`,
      'Nothing is lost: the next start discards it and judges every input again.',
    );
  }
  return well(
    `The snapshot covers fact ${kept.facts}; a start judges ${intakeSeq - kept.intakeSeq} inputs again.`,
  );
}

function archive(
  { waiting: { batches, oldestMs } }: JournalInspection,
  samples: SamplesInspection,
  running: boolean,
) {
  const rest = restOf(samples);
  if (batches === 0) return well(`Every batch rests in the sample store.${rest}`);
  const message = `${batches} batches wait to be archived, the oldest of plant time ${isoUtc(oldestMs ?? 0)}.`;
  if (!running || batches <= MAX_WAITING_RUNNING) return well(`${message}${rest}`);
  return warning(
    `${message} The archive does not keep up.`,
    'Look for a slow or full disk; nothing is lost, the journal keeps them until then.',
  );
}

function restOf({ files, rawFrom, expiredTo }: SamplesInspection): string {
  if (rawFrom === null) return '';
  const expired = expiredTo === null ? '' : `; up to ${expiredTo} they have expired, roll-ups stay`;
  return ` Single readings rest from ${rawFrom} on in ${files} files${expired}.`;
}
