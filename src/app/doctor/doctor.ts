// Looks a plant over beside its running server, or without one, and changes nothing.
import { inspectData } from '../compose.ts';
import { readSettings, type Settings } from '../config.ts';
import { SNAPSHOT_FORMAT } from '../snapshot-format.ts';
import { type Check, type DoctorFinding, examined, well } from './finding.ts';
import { backup, lock, permissions, writable } from './folder.ts';
import { clock, diskSpace, nodeVersion, timeZone } from './machine.ts';
import { certificates, ports } from './network.ts';
import { storeChecks } from './stores.ts';

export interface DoctorReport {
  /** no check failed; warnings are allowed */
  ok: boolean;
  findings: DoctorFinding[];
}

/**
 * Examines the plant of a data folder.
 * @param nowMs machine time
 * @param onFinding called with each finding as it is made
 */
export async function examine(
  dataDir: string,
  environment: Readonly<Record<string, string | undefined>>,
  nowMs: number,
  onFinding: (finding: DoctorFinding) => void,
): Promise<DoctorReport> {
  let settings: Settings | null = null;
  const configuration: Check = {
    number: '19',
    name: 'settings',
    look() {
      settings = readSettings(dataDir, {}, environment);
      return well('config.yaml and the environment can be read.');
    },
  };
  const findings: DoctorFinding[] = [];
  const note = async (check: Check): Promise<void> => {
    const finding = await examined(check);
    findings.push(finding);
    onFinding(finding);
  };
  await note(configuration);
  // a broken configuration is said once; the rest is looked at with what would be the default
  const used: Settings = settings ?? readSettings('', {}, {});
  for (const check of await checksOf(dataDir, used, nowMs)) await note(check);
  return { ok: findings.every((finding) => finding.verdict !== 'failed'), findings };
}

async function checksOf(dataDir: string, settings: Settings, nowMs: number): Promise<Check[]> {
  const inspection = await inspectData(dataDir, {
    headsPath: settings.heads ?? null,
    snapshotFormat: SNAPSHOT_FORMAT,
  });
  const holder = once(() => inspection.lockHolder());
  const journal = once(() => inspection.journal());
  const running = (): boolean => holder() !== null;
  const machineZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [
    nodeVersion(process.version),
    writable(dataDir),
    permissions(dataDir),
    diskSpace(dataDir),
    clock(dataDir, nowMs),
    timeZone(() => journal().timeZone, machineZone),
    lock(holder),
    ...storeChecks(inspection, journal, running),
    ...certificates(inspection, settings, nowMs),
    ...ports(settings, running),
    backup(),
  ];
}

/** Looks at the first call and remembers; a look that failed is tried again by the next that asks. */
function once<T>(look: () => T): () => T {
  let found: { value: T } | null = null;
  return () => {
    found ??= { value: look() };
    return found.value;
  };
}
