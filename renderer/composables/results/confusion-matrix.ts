/** How a confusion matrix is shown. */
export interface MatrixLook {
  /** Without what is right, so that mistakes stand out. */
  hideDiagonal: boolean;
  /** By the logarithm of the share: small confusions are seen beside large ones. */
  logarithmic: boolean;
  /** Labels shown at most: those with most wrong pixels. */
  most: number;
}

/** A matrix as it is drawn. */
export interface ShownMatrix {
  /** Labels of rows and columns, ascending. */
  labels: number[];
  /** Share of the row's pixels, by row and column; 0 for an empty row. */
  shares: number[][];
  /** Brightness of each cell, 0..1; null for one that is hidden. */
  values: (number | null)[][];
}

/** Shares below this one are as dark as none, by the logarithm. */
const SMALLEST = 1e-4;

/** The labels with most wrong pixels among those that occur, ascending. */
function shownLabels(counts: readonly (readonly number[])[], most: number): number[] {
  const wrong = counts.map(() => 0);
  const occurs = counts.map(() => false);
  counts.forEach((row, truth) =>
    row.forEach((pixels, given) => {
      if (pixels === 0) return;
      occurs[truth] = occurs[given] = true;
      if (truth === given) return;
      wrong[truth] += pixels;
      wrong[given] += pixels;
    }),
  );
  return counts
    .map((_, label) => label)
    .filter((label) => occurs[label])
    .sort((a, b) => wrong[b] - wrong[a] || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}

/** Pixels by true and given label with undecided ones as background. */
export const foldedCounts = (
  confusion: readonly (readonly number[])[],
  undecided: readonly number[],
): number[][] => confusion.map((row, truth) => row.map((pixels, given) => (given === 0 ? pixels + undecided[truth] : pixels))); // prettier-ignore

/** A matrix of pixels as it is drawn: each row in shares of its own pixels, those of labels that are not shown included. */
export function shownMatrix(counts: readonly (readonly number[])[], look: MatrixLook): ShownMatrix {
  const labels = shownLabels(counts, look.most);
  const shares = labels.map((truth) => {
    const total = counts[truth].reduce((sum, pixels) => sum + pixels, 0);
    return labels.map((given) => (total > 0 ? counts[truth][given] / total : 0));
  });
  const hidden = (row: number, column: number): boolean => look.hideDiagonal && row === column;
  const brightness = (share: number): number =>
    look.logarithmic ? Math.max(0, 1 - Math.log(Math.max(share, SMALLEST)) / Math.log(SMALLEST)) : share;
  const drawn = shares.map((row, r) => row.map((share, c) => (hidden(r, c) ? null : brightness(share))));
  // Without the diagonal the largest mistake has the full range to itself.
  const top = Math.max(...drawn.flat().map((value) => value ?? 0));
  const scale = look.hideDiagonal && top > 0 ? 1 / top : 1;
  return { labels, shares, values: drawn.map((row) => row.map((value) => value && value * scale)) };
}
