import { runs } from './plan.mjs';

const WIDTH = 42;
const figure = (value) => (value === null ? '-' : value.toFixed(3)).padStart(9);

/** The table that the experiment ends with. `done` is what was kept of each step by name. */
export function tableOf(done) {
  const resultOf = (name) => done[name].result;
  const ceiling = resultOf('evaluate-truth').mIoU;
  const masksOf = { pseudo: resultOf('evaluate-masks-pseudo').mIoU, fixed: resultOf('evaluate-masks-fixed').mIoU, truth: 1 }; // prettier-ignore
  const { masks, corrected } = resultOf('correct');
  const rows = runs.map(({ name, title }) => {
    const { mIoU } = resultOf(`evaluate-${name}`);
    const minutes = (done[`train-${name}`].seconds / 60).toFixed(1).padStart(9);
    return `${title.padEnd(WIDTH)}${figure(masksOf[name])}${figure(mIoU)}${figure(ceiling ? mIoU / ceiling : null)}${minutes}`;
  });
  return [
    `${`mIoU on ${resultOf('evaluate-truth').evaluated} photos of val`.padEnd(WIDTH)}${['masks', 'val', 'ratio', 'minutes'].map((word) => word.padStart(9)).join('')}`,
    ...rows,
    '',
    `${corrected} of ${masks} masks were corrected.`,
  ].join('\n');
}
