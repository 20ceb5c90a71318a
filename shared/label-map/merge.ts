/** Two changed versions of one mask brought together. */
export interface Merged {
  labels: Uint8Array;
  /** Pixels that both changed, differently: mine stands there. */
  disputed: number;
}

/** Takes what either changed since `base`; where both did, mine. All three are of one size. */
export function merge(base: Uint8Array, mine: Uint8Array, theirs: Uint8Array): Merged {
  const labels = mine.slice();
  let disputed = 0;
  for (let i = 0; i < labels.length; i++) {
    if (theirs[i] === base[i] || theirs[i] === mine[i]) continue;
    if (mine[i] === base[i]) labels[i] = theirs[i];
    else disputed++;
  }
  return { labels, disputed };
}
