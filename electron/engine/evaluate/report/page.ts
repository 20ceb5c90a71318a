import type { Evaluation } from '../../../../shared/evaluation.js';
import type { Palette } from '../../../../shared/palette.js';
import { confusionMatrix, confusionTable } from './confusions.js';
import { thresholdCurve } from './curve.js';
import { gallery, type GalleryRow } from './gallery.js';
import { Markup, markup } from './markup.js';
import { reportStyle } from './style.js';
import { classTable, figure, percent } from './tables.js';

/** What a report shows beside the figures. */
export interface ReportContext {
  project: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  palette: Palette;
  rows: readonly GalleryRow[];
}

/** Names listed in full; a longer list helps nobody on a page, and evaluations/<name>.json has it. */
const LISTED = 200;

const kindNames = {
  masks: 'Masks',
  predictions: 'Predictions',
  maps: 'Localization maps',
  saliency: 'Saliency maps',
} as const;

function figures(evaluation: Evaluation): Markup {
  const { mIoU, mIoULabelled, pixelAccuracy, meanClassAccuracy, boundaryIoU, labelledShare, threshold } = evaluation;
  const shown: [string, string][] = [
    ['mIoU', figure(mIoU)],
    ...((threshold ? [] : [['mIoU, labelled pixels', figure(mIoULabelled)]]) as [string, string][]),
    ['Boundary IoU', figure(boundaryIoU)],
    ['Pixel accuracy', figure(pixelAccuracy)],
    ['Mean class accuracy', figure(meanClassAccuracy)],
    threshold
      ? ['Background threshold', figure(threshold.best)]
      : ['Labelled pixels', labelledShare === null ? '–' : percent(labelledShare)],
  ];
  return markup`<section class="panel" aria-label="Figures"><dl class="figures">${shown.map(
    ([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl></section>`;
}

function list(title: string, lines: readonly string[]): Markup | null {
  if (lines.length === 0) return null;
  const rest = lines.length - LISTED;
  return markup`<details><summary>${title}</summary><ul class="plain">${lines
    .slice(0, LISTED)
    .map((line) => markup`<li>${line}</li>`)}${rest > 0 ? markup`<li>and ${rest} more</li>` : null}</ul></details>`;
}

/** What the figures go without, in plain words. */
function leftOut({ withoutTruth, failures, missingMaps }: Evaluation): Markup | null {
  if (withoutTruth.length + failures.length + missingMaps === 0) return null;
  return markup`<section class="panel"><h2>Not in the figures</h2><div>
${list(`${withoutTruth.length} without ground truth`, withoutTruth)}
${list(
  `${failures.length} could not be measured`,
  failures.map(({ id, file, reason }) => `${id ?? file}: ${reason}`),
)}
${missingMaps > 0 ? markup`<p style="margin-top:8px">${missingMaps} ${missingMaps === 1 ? 'label has' : 'labels have'} no map and counted as background.</p>` : null}
</div></section>`;
}

const nothing = markup`<section class="panel"><h2>Nothing could be measured</h2>
<p class="muted">No image of this set has both a mask and ground truth. Ground truth from another folder can be given with
<code>--ground-truth DIR</code>.</p></section>`;

/** The report as one HTML page that needs no other file, no network and no script. */
export function reportPage(evaluation: Evaluation, { project, createdAt, palette, rows }: ReportContext): string {
  const { kind, set, split, evaluated, images } = evaluation;
  const title = `${kindNames[kind]}: ${set}`;
  const body =
    evaluated === 0
      ? [nothing, leftOut(evaluation)]
      : [
          figures(evaluation),
          markup`<div class="columns">${classTable(evaluation, palette)}<div>${thresholdCurve(evaluation)}${confusionTable(evaluation, palette)}</div></div>`,
          confusionMatrix(evaluation),
          gallery(rows, evaluated),
          leftOut(evaluation),
        ];
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${title} – ${project}</title>
<style>${new Markup(reportStyle)}</style>
</head>
<body>
<main>
<header><h1>${title}</h1>
<p class="muted">${project}${split === null ? null : `, split ${split}`} · ${evaluated} of ${images} images measured · ${createdAt.slice(0, 16).replace('T', ' ')} UTC</p></header>
${body}
</main>
</body>
</html>
`.text;
}
