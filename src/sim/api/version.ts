/** Number by number: 1.9 is older than 1.24. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

/** The request speaks an API older than `version`: what came with that version is kept from it. */
export function olderThan(req: { readonly version: string }, version: string): boolean {
  return compareVersions(req.version, version) < 0;
}
