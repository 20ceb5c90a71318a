/**
 * Class indices, ascending and each once, of labels given as 0-based numbers or as names; or the first label that is
 * none of the classes.
 */
export function resolveLabels(
  labels: readonly (number | string)[],
  classes: readonly string[],
): { ok: true; indices: number[] } | { ok: false; unknown: number | string } {
  const indices = new Set<number>();
  for (const label of labels) {
    const index = typeof label === 'number' ? label : classes.indexOf(label);
    if (index < 0 || index >= classes.length) return { ok: false, unknown: label };
    indices.add(index);
  }
  return { ok: true, indices: [...indices].sort((a, b) => a - b) };
}
