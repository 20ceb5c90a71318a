import type { ClassScore, Evaluation } from '../../../../shared/evaluation.js';
import type { Palette } from '../../../../shared/palette.js';
import { markup, type Content, type Markup } from './markup.js';

/** `0.632`, or a dash where a figure is undefined. */
export const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

/** `12.3%`; a share too small to show is not called nothing. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1%';
  return `${(share * 100).toFixed(1)}%`;
}

/** Confusions shown: a longer list says less. */
const TOP_CONFUSIONS = 10;

const swatch = (colour: readonly number[]): Markup =>
  markup`<span class="swatch" style="background:rgb(${colour.join(' ')})" aria-hidden="true"></span>`;

/** A ratio as a bar; the number stands beside it, so the bar itself says nothing to a screen reader. */
const bar = (value: number | null): Markup =>
  markup`<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="fill" width="${((value ?? 0) * 100).toFixed(1)}" height="8"/></svg>`;

const numbers = (...values: Content[]): Markup[] => values.map((value) => markup`<td class="number">${value}</td>`);

function classRow(score: ClassScore, palette: Palette, truthShare: number): Markup {
  const { label, name, iou, iouLabelled, precision, recall, boundaryIoU } = score;
  return markup`<tr><th scope="row">${swatch(palette[label])}${name}</th>${numbers(figure(iou))}<td class="bar">${bar(iou)}</td>${numbers(
    figure(iouLabelled),
    figure(precision),
    figure(recall),
    figure(boundaryIoU),
    percent(truthShare),
  )}</tr>\n`;
}

/** Figures of every class that occurs, worst IoU first. */
export function classTable({ perClass }: Evaluation, palette: Palette): Markup {
  const total = perClass.reduce((sum, { truthPixels }) => sum + truthPixels, 0) || 1;
  const present = perClass.filter(({ iou }) => iou !== null).sort((a, b) => a.iou! - b.iou!);
  const absent = perClass.filter(({ iou }) => iou === null).map(({ name }) => name);
  return markup`<section class="panel"><h2>Classes</h2><div class="scroll"><table>
<caption>Figures of each class, worst IoU first</caption>
<thead><tr><th scope="col">Class</th><th scope="col" class="number">IoU</th><td></td><th scope="col" class="number">Labelled</th><th scope="col" class="number">Precision</th><th scope="col" class="number">Recall</th><th scope="col" class="number">Boundary</th><th scope="col" class="number">Of pixels</th></tr></thead>
<tbody>
${present.map((score) => classRow(score, palette, score.truthPixels / total))}</tbody></table></div>
${absent.length > 0 ? markup`<p class="muted" style="margin-top:8px">In neither ground truth nor masks: ${absent.join(', ')}</p>` : null}</section>`;
}

interface Confused {
  wanted: number;
  given: number;
  share: number;
  count: number;
}

/** The most frequent mistakes: by pixels, with the share of the true class that they take. Undecided is background. */
function confusions({ confusion, undecided }: Evaluation): Confused[] {
  const pairs = confusion.flatMap((row, wanted) => {
    const total = row.reduce((sum, count) => sum + count, undecided[wanted]);
    return row.map((count, given) => {
      const all = count + (given === 0 ? undecided[wanted] : 0);
      return { wanted, given, count: all, share: all / (total || 1) };
    });
  });
  return pairs
    .filter(({ wanted, given, count }) => wanted !== given && count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, TOP_CONFUSIONS);
}

/** The mistakes that take most pixels. */
export function confusionTable(evaluation: Evaluation, palette: Palette): Markup {
  const pairs = confusions(evaluation);
  const name = (label: number): Markup => markup`${swatch(palette[label])}${evaluation.perClass[label].name}`;
  const rows = pairs.map(
    ({ wanted, given, share }) =>
      markup`<tr><td>${name(wanted)}</td><td>${name(given)}</td>${numbers(percent(share))}</tr>\n`,
  );
  const table = markup`<div class="scroll"><table>
<caption>The mistakes that take most pixels</caption>
<thead><tr><th scope="col">Ground truth</th><th scope="col">Called</th><th scope="col" class="number">Of the class</th></tr></thead>
<tbody>
${rows}</tbody></table></div>`;
  return markup`<section class="panel"><h2>Largest confusions</h2>${pairs.length > 0 ? table : markup`<p class="muted">None: every pixel with ground truth is right.</p>`}</section>`;
}
