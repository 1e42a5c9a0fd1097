import { Environment } from '@marcbachmann/cel-js';

/** A rule over named figures, in the Common Expression Language: `approach > 4 && flow >= 10.5`. */
export type Rule = (values: ArrayLike<number>) => boolean;

export const MAX_EXPRESSION_LENGTH = 500;
const LIMITS = { maxAstNodes: 200, maxDepth: 30, maxListElements: 20, maxMapEntries: 0, maxCallArguments: 8 };
/** Monitors with one text share one compiled rule; the oldest goes when there are more texts than this. */
const MAX_COMPILED = 2_000;

const compiled = new Map<string, Rule | string>();

/**
 * @param names the figures the text may speak of, in the order in which the rule receives them
 * @returns the rule, or why the text is none, in words for its author
 */
export function ruleOf(text: string, names: readonly string[]): Rule | string {
  const key = `${names.join(',')}\n${text}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const made = compile(text, names);
  if (compiled.size >= MAX_COMPILED) compiled.delete(compiled.keys().next().value as string);
  compiled.set(key, made);
  return made;
}

function compile(text: string, names: readonly string[]): Rule | string {
  if (text.length > MAX_EXPRESSION_LENGTH) return `It is longer than ${MAX_EXPRESSION_LENGTH} characters.`;
  const odd = names.find((name) => !/^[a-z][a-zA-Z0-9_]{0,39}$/.test(name));
  if (odd !== undefined)
    return `"${odd}" is no name for a figure: begin with a small letter, then letters and digits.`;
  const environment = figuresOnly();
  try {
    for (const name of names) environment.registerVariable(name, 'double');
    const run = environment.parse(asFigures(text));
    const strange = strangeIn(run.ast);
    if (strange !== null)
      return `It uses ${strange}; a rule knows figures, + - * /, comparisons, && || ! and abs, min, max.`;
    const checked = run.check();
    if (!checked.valid) return firstLine(checked.error);
    if (checked.type !== 'bool')
      return `It gives ${checked.type ?? 'nothing'}, not true or false: end in a comparison.`;
    const figures: Record<string, number> = {};
    return (values) => {
      for (let i = 0; i < names.length; i++) figures[names[i] as string] = values[i] as number;
      try {
        return run(figures) === true;
      } catch {
        // nothing that passed the check should throw; a rule that cannot be worked out does not hold
        return false;
      }
    };
  } catch (error) {
    return firstLine(error);
  }
}

/** People write `x - 4`: every number counts as a figure, so that nobody has to write `4.0`. */
function asFigures(text: string): string {
  return text.replace(/(?<![\w.])(\d+)(?![\w.])/g, '$1.0');
}

const SIGNS = new Set([
  '+',
  '-',
  '*',
  '/',
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
  '&&',
  '||',
  '!_',
  '-_',
  '?:',
  'id',
]);
const FUNCTIONS = new Set(['abs', 'min', 'max']);

/** What a rule may not use, in a word: texts, lists, patterns and all that could take long or fail. Null when there is none. */
function strangeIn(node: unknown): string | null {
  if (Array.isArray(node)) {
    for (const part of node) {
      const strange = strangeIn(part);
      if (strange !== null) return strange;
    }
    return null;
  }
  if (typeof node !== 'object' || node === null || !('op' in node) || !('args' in node)) return null;
  const { op, args } = node as { op: string; args: unknown };
  if (op === 'value')
    return typeof args === 'number' || typeof args === 'boolean' ? null : 'something that is no figure';
  if (op === 'call') {
    const [name, given] = args as [string, unknown[]];
    return FUNCTIONS.has(name) ? strangeIn(given) : `"${name}"`;
  }
  return SIGNS.has(op) ? strangeIn(args) : `"${op}"`;
}

function figuresOnly(): Environment {
  const environment = new Environment({ limits: LIMITS });
  environment.registerFunction('abs(double): double', (a: number) => Math.abs(a));
  environment.registerFunction('min(double, double): double', (a: number, b: number) => Math.min(a, b));
  environment.registerFunction('max(double, double): double', (a: number, b: number) => Math.max(a, b));
  return environment;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] as string;
}
