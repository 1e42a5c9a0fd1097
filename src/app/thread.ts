/** Address of a thread's file beside `from`: TypeScript in a clone, JavaScript once packed. */
export function threadUrl(name: string, from: string): URL {
  return new URL(`./${name}${from.endsWith('.ts') ? '.ts' : '.js'}`, from);
}
