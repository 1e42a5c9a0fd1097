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
    const checked = environment.check(text);
    if (!checked.valid) return firstLine(checked.error);
    if (checked.type !== 'bool')
      return `It gives ${checked.type ?? 'nothing'}, not true or false: end in a comparison.`;
    const run = environment.parse(text);
    const figures: Record<string, number> = {};
    return (values) => {
      for (let i = 0; i < names.length; i++) figures[names[i] as string] = values[i] as number;
      return run(figures) === true;
    };
  } catch (error) {
    return firstLine(error);
  }
}

/** People write `x - 4`: whole numbers count as figures, so that nobody has to write `4.0`. */
function figuresOnly(): Environment {
  const environment = new Environment({ limits: LIMITS });
  const both: [string, (a: number, b: number) => number][] = [
    ['+', (a, b) => a + b],
    ['-', (a, b) => a - b],
    ['*', (a, b) => a * b],
    ['/', (a, b) => a / b],
  ];
  for (const [sign, sum] of both) {
    environment.registerOperator(`double ${sign} int`, (a: number, b: bigint) => sum(a, Number(b)));
    environment.registerOperator(`int ${sign} double`, (a: bigint, b: number) => sum(Number(a), b));
  }
  environment.registerFunction('abs(double): double', (a: number) => Math.abs(a));
  environment.registerFunction('min(double, double): double', (a: number, b: number) => Math.min(a, b));
  environment.registerFunction('max(double, double): double', (a: number, b: number) => Math.max(a, b));
  return environment;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] as string;
}
