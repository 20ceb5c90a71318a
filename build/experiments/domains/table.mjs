import { SHARE, runs } from './plan.mjs';

const WIDTH = 42;
const figure = (value) => (value === null ? '-' : value.toFixed(3)).padStart(9);

/** The share of each class's labels with the lowest score, rounded as the audit does. */
function worst(labels, scoreOf) {
  const classes = [...new Set(labels.map((label) => label.class))];
  return classes.flatMap((name) => {
    const own = labels.filter((label) => label.class === name);
    const ranked = own.sort((a, b) => scoreOf(a) - scoreOf(b) || (a.id < b.id ? -1 : 1));
    return ranked.slice(0, Math.round(SHARE * own.length));
  });
}

const scores = [
  { title: 'confidence', scoreOf: ({ confidence }) => confidence },
  { title: 'classifier alone', scoreOf: ({ probability }) => probability },
  { title: 'agreement alone', scoreOf: ({ agreement }) => agreement ?? 1 },
];

/** Precision and recall of the labels with the lowest scores, on the planted errors. */
export function auditFigures(labels, planted) {
  const wrong = new Set(planted);
  return scores.map(({ title, scoreOf }) => {
    const chosen = worst(labels, scoreOf);
    const hits = chosen.filter(({ id }) => wrong.has(id)).length;
    const of = (count) => (count === 0 ? null : hits / count);
    return { title, chosen: chosen.length, precision: of(chosen.length), recall: of(wrong.size) };
  });
}

/** The tables that the experiment ends with. `done` is what was kept of each step by name. */
export function tableOf(steps, done) {
  const resultOf = (name) => done[name].result;
  const rows = runs.map(({ name, title }) => {
    const [maps, masks] = ['maps', 'masks'].map((kind) => resultOf(`evaluate-${kind}-${name}`).mIoU);
    return `${title.padEnd(WIDTH)}${figure(maps)}${figure(masks)}`;
  });
  const { planted, photos } = resultOf('photos-web');
  const found = auditFigures(resultOf('confidences').labels, planted);
  const minutes = steps.reduce((sum, { name }) => sum + done[name].seconds, 0) / 60;
  return [
    `${`mIoU on ${resultOf('photos-target').photos} target photos`.padEnd(WIDTH)}${'maps'.padStart(9)}${'masks'.padStart(9)}`,
    ...rows,
    '',
    `audit of ${photos} web labels, ${planted.length} of them wrong (${(planted.length / photos).toFixed(2)}); the worst ${SHARE} of a class`,
    `${'ranked by'.padEnd(WIDTH)}${'precision'.padStart(9)}${'recall'.padStart(9)}`,
    ...found.map(({ title, precision, recall }) => `${title.padEnd(WIDTH)}${figure(precision)}${figure(recall)}`),
    '',
    `${minutes.toFixed(1)} minutes`,
  ].join('\n');
}
