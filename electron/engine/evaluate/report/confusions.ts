import type { Evaluation } from '../../../../shared/evaluation.js';
import type { Palette } from '../../../../shared/palette.js';
import { markup, type Markup } from './markup.js';
import { numbers, percent, swatch } from './tables.js';

/** Confusions listed: a longer list says less. */
const TOP_CONFUSIONS = 10;

/** Labels of which the whole matrix can be read on a screen. */
const LARGEST_MATRIX = 41;

/** Pixels by true and given label, undecided ones as background, for the labels that occur. */
interface Matrix {
  labels: number[];
  counts: number[][];
  /** Pixels of each true label. */
  rows: number[];
  total: number;
}

function matrixOf({ confusion, undecided, perClass }: Evaluation): Matrix {
  const labels = perClass.filter(({ iou }) => iou !== null).map(({ label }) => label);
  const counts = labels.map((wanted) =>
    labels.map((given) => confusion[wanted][given] + (given === 0 ? undecided[wanted] : 0)),
  );
  const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  return { labels, counts, rows, total: rows.reduce((sum, row) => sum + row, 0) };
}

const share = (part: number, whole: number): number => part / (whole || 1);

/** The mistakes that take most pixels, and the share of the true class that each takes. */
export function confusionTable(evaluation: Evaluation, palette: Palette): Markup {
  const { labels, counts, rows, total } = matrixOf(evaluation);
  const name = (place: number): Markup =>
    markup`${swatch(palette[labels[place]])}${evaluation.perClass[labels[place]].name}`;
  const mistakes = counts
    .flatMap((row, wanted) => row.map((count, given) => ({ wanted, given, count })))
    .filter(({ wanted, given, count }) => wanted !== given && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, TOP_CONFUSIONS);
  if (mistakes.length === 0) {
    return markup`<section class="panel"><h2>Largest confusions</h2><p class="muted">None: every pixel with ground truth is right.</p></section>`;
  }
  const lines = mistakes.map(
    ({ wanted, given, count }) =>
      markup`<tr><td class="name">${name(wanted)}</td><td class="name">${name(given)}</td>${numbers(percent(share(count, total)), percent(share(count, rows[wanted])))}</tr>\n`,
  );
  return markup`<section class="panel"><h2>Largest confusions</h2><div class="scroll"><table>
<caption>The mistakes that take most pixels</caption>
<thead><tr><th scope="col">Ground truth</th><th scope="col">Called</th><th scope="col" class="number">Of pixels</th><th scope="col" class="number">Of the class</th></tr></thead>
<tbody>
${lines}</tbody></table></div></section>`;
}

/** A share as a cell, the darker the larger; whole percents, and nothing where there is nothing. */
function cell(value: number, right: boolean): Markup {
  const text = value === 0 ? '' : value < 0.005 ? '·' : String(Math.round(value * 100));
  return markup`<td class="${right ? 'right' : 'wrong'}" style="--share:${value.toFixed(3)}">${text}</td>`;
}

/** The confusion matrix in percent of each row, folded away; null where it would be too large to read. */
export function confusionMatrix(evaluation: Evaluation): Markup | null {
  const { labels, counts, rows } = matrixOf(evaluation);
  if (labels.length > LARGEST_MATRIX) return null;
  const name = (label: number): string => evaluation.perClass[label].name;
  const heads = labels.map((label) => markup`<th scope="col"><span>${name(label)}</span></th>`);
  const lines = labels.map(
    (label, wanted) =>
      markup`<tr><th scope="row">${name(label)}</th>${counts[wanted].map((count, given) => cell(share(count, rows[wanted]), wanted === given))}</tr>\n`,
  );
  return markup`<section class="panel"><details class="fold"><summary><h2>Confusion matrix</h2></summary>
<p class="note">Percent of the pixels of each class (row) by what they are called (column); · is less than half a percent.</p>
<div class="scroll"><table class="matrix">
<caption>Confusion matrix, percent of each row</caption>
<thead><tr><td></td>${heads}</tr></thead>
<tbody>
${lines}</tbody></table></div></details></section>`;
}
