// Settings of a plant's server: flag, then environment, then the file in its data folder, then default.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { PortFailure } from '#ports/failure.ts';
import { nearest } from '#vocabulary/nearest.ts';

const port = z.coerce.number().int().min(0).max(65_535);

/** Days that single readings are kept: over a year, so that the same season can be compared. */
export const DEFAULT_RAW_DAYS = 400;
/** A backtest of four weeks must always find its readings. */
const MIN_RAW_DAYS = 30;
const MAX_RAW_DAYS = 36_500;

/** Settings by name; the name is also the flag, and upper-cased behind THROUGHLINE_ the environment variable. */
const Settings = z.object({
  host: z.string().min(1).default('127.0.0.1'),
  port: port.default(7070),
  'mqtt-host': z.string().min(1).default('127.0.0.1'),
  'mqtt-port': port.default(8883),
  'tls-cert': z.string().min(1).optional(),
  'tls-key': z.string().min(1).optional(),
  'host-name': z.string().min(1).optional(),
  heads: z.string().min(1).optional(),
  'raw-days': z.coerce.number().int().min(MIN_RAW_DAYS).max(MAX_RAW_DAYS).default(DEFAULT_RAW_DAYS),
});
export type Settings = z.output<typeof Settings>;
export type SettingName = keyof Settings;

export const SETTING_NAMES = Object.keys(Settings.shape) as SettingName[];
export const CONFIG_FILE = 'config.yaml';

/**
 * Reads the settings of a data folder.
 * @param flags values given on the command line, by name
 * @throws PortFailure E-CONFIG-001 unknown key, -002 unusable value, -003 unreadable file, -004 half a TLS pair
 */
export function readSettings(
  dataDir: string,
  flags: Readonly<Record<string, string | undefined>>,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const merged: Record<string, unknown> = { ...fileSettings(join(dataDir, CONFIG_FILE)) };
  for (const name of SETTING_NAMES) {
    const fromEnvironment = environment[`THROUGHLINE_${name.toUpperCase().replaceAll('-', '_')}`];
    const value = flags[name] ?? fromEnvironment;
    if (value !== undefined) merged[name] = value;
  }
  const read = Settings.safeParse(merged);
  if (!read.success) {
    const issue = read.error.issues[0];
    const name = String(issue?.path[0] ?? 'a setting');
    throw wrong('E-CONFIG-002', `"${name}" cannot be used: ${issue?.message}.`, `Correct "${name}".`);
  }
  if ((read.data['tls-cert'] === undefined) !== (read.data['tls-key'] === undefined)) {
    throw wrong('E-CONFIG-004', 'TLS needs a certificate and its key.', 'Give both tls-cert and tls-key.');
  }
  return read.data;
}

function fileSettings(path: string): Record<string, unknown> {
  if (!existsSync(path)) return {};
  let found: unknown;
  try {
    found = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw wrong('E-CONFIG-003', `${path} cannot be read: ${(error as Error).message}`, 'Mend the file.');
  }
  const settings = (found ?? {}) as Record<string, unknown>;
  for (const key of Object.keys(settings)) {
    if (SETTING_NAMES.includes(key as SettingName)) continue;
    const guess = nearest(key, SETTING_NAMES);
    const mend = guess ? `Did you mean "${guess}"?` : `Known are: ${SETTING_NAMES.join(', ')}.`;
    throw wrong('E-CONFIG-001', `${path} has the unknown setting "${key}".`, mend);
  }
  return settings;
}

function wrong(code: string, message: string, mend: string): PortFailure {
  return new PortFailure(code, message, mend, false);
}
