/** Consequences that no budget may weigh against hours. */
const GUARDED_KINDS: readonly string[] = ['safety', 'food-safety', 'environment'];

/** What endangers people, food or the environment. */
export function isGuardedKind(consequenceKind: string | undefined): boolean {
  return consequenceKind !== undefined && GUARDED_KINDS.includes(consequenceKind);
}

/** Monitors on people, food, environment and A assets are neither refused nor moved by a noise budget (own rule). */
export function isGuardedBy(
  consequenceKind: string | undefined,
  criticalityClass: string | undefined,
): boolean {
  return isGuardedKind(consequenceKind) || criticalityClass === 'A';
}
