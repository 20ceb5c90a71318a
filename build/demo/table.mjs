const rows = [
  { set: 'cam', title: 'class-activation map (basic loss only)' },
  { set: 'single', title: 'single-round maps' },
  { set: 'multi', title: 'multi-round maps' },
  { set: 'fused', title: 'fused masks' },
];

const stages = [
  { stage: 'sample', title: 'sample and import' },
  { stage: 'cam', title: 'training with the basic loss, its maps' },
  { stage: 'train', title: 'training with all losses' },
  { stage: 'single', title: 'single-round maps' },
  { stage: 'multi', title: 'multi-round maps' },
  { stage: 'masks', title: 'saliency and masks' },
  { stage: 'evaluate', title: 'evaluation and report' },
];

const WIDTH = 42;

const figure = (value) => (value === null ? '-' : value.toFixed(3)).padStart(7);
const minutes = (seconds) => (seconds / 60).toFixed(1).padStart(7);

/** The table that the demo ends with. `done` is what was kept of each step by name. */
export function tableOf(steps, done) {
  const secondsOf = (chosen) => chosen.reduce((sum, { name }) => sum + done[name].seconds, 0);
  const scores = rows.map(({ set, title }) => {
    const { mIoU, pixelAccuracy } = done[`evaluate-${set}`].result;
    return `${title.padEnd(WIDTH)}${figure(mIoU)}  ${figure(pixelAccuracy)}`;
  });
  const times = stages.map(({ stage, title }) => {
    const chosen = steps.filter((step) => step.stage === stage);
    return `${title.padEnd(WIDTH)}${minutes(secondsOf(chosen))}`;
  });
  const { evaluated } = done['evaluate-fused'].result;
  return [
    `${`on ${evaluated} photos`.padEnd(WIDTH)}${'mIoU'.padStart(7)}  ${'pixels'.padStart(7)}`,
    ...scores,
    '',
    `${'stage'.padEnd(WIDTH)}${'minutes'.padStart(7)}`,
    ...times,
    `${'all'.padEnd(WIDTH)}${minutes(secondsOf(steps))}`,
  ].join('\n');
}
