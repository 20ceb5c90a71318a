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

/** The colour of a label beside its name. */
export const swatch = (colour: readonly number[]): Markup =>
  markup`<span class="swatch" style="background:rgb(${colour.join(' ')})" aria-hidden="true"></span>`;

/** A ratio as a bar; the number stands beside it, so the bar itself says nothing to a screen reader. */
const bar = (value: number | null): Markup =>
  markup`<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="fill" width="${((value ?? 0) * 100).toFixed(1)}" height="8"/></svg>`;

export const numbers = (...values: Content[]): Markup[] =>
  values.map((value) => markup`<td class="number">${value}</td>`);

interface ClassColumn {
  title: string;
  value(score: ClassScore): string;
}

/** Columns after IoU and its bar. Scores leave no pixel undecided, so theirs would say the same twice. */
function columnsOf({ perClass, threshold }: Evaluation): ClassColumn[] {
  const total = perClass.reduce((sum, { truthPixels }) => sum + truthPixels, 0) || 1;
  const columns: ClassColumn[] = [
    { title: 'IoU, labelled', value: ({ iouLabelled }) => figure(iouLabelled) },
    { title: 'Precision', value: ({ precision }) => figure(precision) },
    { title: 'Recall', value: ({ recall }) => figure(recall) },
    { title: 'Boundary IoU', value: ({ boundaryIoU }) => figure(boundaryIoU) },
    { title: 'Of pixels', value: ({ truthPixels }) => percent(truthPixels / total) },
  ];
  return threshold ? columns.slice(1) : columns;
}

function classRow(score: ClassScore, columns: readonly ClassColumn[], palette: Palette): Markup {
  const { label, name, iou } = score;
  const cells = numbers(...columns.map(({ value }) => value(score)));
  return markup`<tr><th scope="row" class="name">${swatch(palette[label])}${name}</th>${numbers(figure(iou))}<td class="bar">${bar(iou)}</td>${cells}</tr>\n`;
}

/** Figures of every class that occurs, worst IoU first. */
export function classTable(evaluation: Evaluation, palette: Palette): Markup {
  const { perClass } = evaluation;
  const columns = columnsOf(evaluation);
  const present = perClass.filter(({ iou }) => iou !== null).sort((a, b) => a.iou! - b.iou!);
  const absent = perClass.filter(({ iou }) => iou === null).map(({ name }) => name);
  const heads = columns.map(({ title }) => markup`<th scope="col" class="number">${title}</th>`);
  return markup`<section class="panel"><h2>Classes</h2><div class="scroll"><table>
<caption>Figures of each class, worst IoU first</caption>
<thead><tr><th scope="col">Class</th><th scope="col" class="number">IoU</th><td></td>${heads}</tr></thead>
<tbody>
${present.map((score) => classRow(score, columns, palette))}</tbody></table></div>
${absent.length > 0 ? markup`<p class="note">In neither ground truth nor masks: ${absent.join(', ')}</p>` : null}</section>`;
}
