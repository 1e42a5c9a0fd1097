// Reads plan.yaml: every fault at once, each with its place, before anything is believed.
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { PlanFinding, PlanRead, Position } from '#ports/plan-file.ts';
import { nearest } from '#vocabulary/nearest.ts';
import { planDocument } from './convert.ts';
import { positionAt, positionsOf } from './positions.ts';
import { type Fault, faultsOfChoices, faultsOfReferences } from './references.ts';
import { planSchema } from './schema.ts';

/** Longest plan file, in UTF-16 units; a thousand monitors take a tenth. */
export const MAX_PLAN_LENGTH = 4_000_000;
/** Most aliases a file may expand to: YAML can write a lot with a little. */
const MAX_ALIASES = 100;

/**
 * Understands the text of a plan file.
 * @param file name to show in findings
 * @returns all findings in the order of the file; `plan` is null when there is an error
 */
export function readPlan(text: string, file: string): PlanRead {
  if (text.length > MAX_PLAN_LENGTH) {
    const message = `The file has ${text.length} characters; at most ${MAX_PLAN_LENGTH} are read.`;
    const mend = 'Split the plant into several sites.';
    return failed([{ file, line: 1, column: 1, code: 'E-PLAN-008', message, mend }], new Map());
  }
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const positions = positionsOf(doc, lines);
  const syntax = doc.errors.map((error): PlanFinding => {
    const { line, col } = lines.linePos(error.pos[0]);
    const mend = 'Check indentation, quotes and colons around this place.';
    return {
      file,
      line,
      column: col,
      code: 'E-PLAN-001',
      message: `Not readable as YAML: ${error.message}.`,
      mend,
    };
  });
  if (syntax.length > 0) return failed(syntax, positions);
  let value: unknown;
  try {
    value = doc.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    const message = `Not readable as YAML: ${(error as Error).message}.`;
    const mend = 'Write the repeated part out.';
    return failed([{ file, line: 1, column: 1, code: 'E-PLAN-001', message, mend }], positions);
  }
  const parsed = planSchema.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, value));
    return failed(placed(faults, file, positions), positions);
  }
  const faults = [...faultsOfReferences(parsed.data), ...faultsOfChoices(parsed.data)];
  if (faults.length > 0) return failed(placed(faults, file, positions), positions);
  return { ok: true, findings: [], plan: planDocument(parsed.data), positions };
}

function failed(findings: PlanFinding[], positions: Map<string, Position>): PlanRead {
  return { ok: false, findings, plan: null, positions };
}

function placed(faults: Fault[], file: string, positions: Map<string, Position>): PlanFinding[] {
  const findings = faults.map(({ path, code, message, mend }) => {
    const { line, column } = positionAt(positions, path);
    return { file, line, column, code, message, mend };
  });
  return findings.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

type Issue = z.core.$ZodIssue;

function faultsOf(issue: Issue, root: unknown): Fault[] {
  const path = issue.path.map(String).join('.');
  const key = String(issue.path.at(-1) ?? 'the file');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((unknown) => ({
      path: path === '' ? unknown : `${path}.${unknown}`,
      code: 'E-PLAN-002',
      message: `"${unknown}" is no key here.`,
      mend: mendOfKey(unknown, issue.path),
    }));
  }
  if (valueAt(root, issue.path) === undefined && issue.path.length > 0) {
    const mend = `Write "${key}:" here; the plan file reference describes it.`;
    return [{ path, code: 'E-PLAN-003', message: `"${key}" is missing.`, mend }];
  }
  const what = /^\d+$/.test(key)
    ? `${JSON.stringify(valueAt(root, issue.path))} in "${String(issue.path.at(-2))}"`
    : `"${key}"`;
  return [{ path, code: 'E-PLAN-004', message: messageOf(issue, what), mend: mendOf(issue) }];
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = root;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}

/** Words for the types of the schema. */
const TYPE: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map of keys',
  array: 'a list',
};

function messageOf(issue: Issue, what: string): string {
  // Messages of our own schema begin with a small letter; the library's own with a capital.
  if (/^[a-z]/.test(issue.message)) return `${what} ${issue.message}.`;
  if (issue.code === 'invalid_type')
    return `${what} is not ${TYPE[issue.expected] ?? `a ${issue.expected}`}.`;
  if (issue.code === 'invalid_value') return `${what} is none of the words known here.`;
  return `${what}: ${issue.message}.`;
}

function mendOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `Write ${issue.values.map(String).join(', ')}${issue.values.length > 1 ? ' (one of them)' : ''}.`;
    case 'invalid_type':
      return `Write ${TYPE[issue.expected] ?? `a ${issue.expected}`} here.`;
    default:
      return 'Correct the value.';
  }
}

function mendOfKey(unknown: string, path: readonly PropertyKey[]): string {
  const known = keysAt(path);
  const near = nearest(unknown, known);
  if (near) return `Did you mean "${near}"?`;
  return known.length > 0 ? `Known here: ${known.join(', ')}.` : 'Remove it.';
}

/** Keys that the schema knows at a path. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let at: unknown = planSchema;
  for (const key of path) {
    const inner = required(at);
    if (inner instanceof z.ZodObject) at = inner.shape[String(key)];
    else if (inner instanceof z.ZodArray) at = inner.element;
    else return [];
  }
  const inner = required(at);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function required(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? required(schema.unwrap()) : schema;
}
