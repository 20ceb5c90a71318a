import { errorKinds, errorsOf, pairsOf, type Evaluation, type ImageScore } from '../../../shared/evaluation.js';
import { csvText } from '../project/csv-text.js';

/** A figure with its full precision, nothing where it is undefined. */
const cell = (value: number | null): string => (value === null ? '' : String(value));

const kindSums = (score: Pick<ImageScore, 'errors'>, label?: number): string[] => {
  const errors = errorsOf(score).filter((error) => label === undefined || error.label === label);
  return errorKinds.map((kind) =>
    String(errors.reduce((sum, error) => (error.kind === kind ? sum + error.pixels : sum), 0)),
  );
};

function classTable(evaluation: Evaluation): string {
  const header = ['label', 'class', 'iou', 'iouLabelled', 'precision', 'recall', 'boundaryIoU', 'images', 'truthPixels', 'maskPixels', ...errorKinds]; // prettier-ignore
  const rows = evaluation.perClass.map((score) => [
    String(score.label),
    score.name,
    ...[score.iou, score.iouLabelled, score.precision, score.recall, score.boundaryIoU, score.images, score.truthPixels, score.maskPixels].map(cell), // prettier-ignore
    ...kindSums(evaluation, score.label),
  ]);
  return csvText(header, rows);
}

function imageTable({ perImage }: Evaluation): string {
  const shares = ['missed', 'invented', 'confused', 'undecided'] as const;
  const rows = perImage.map((score) => [
    score.id,
    cell(score.mIoU),
    cell(score.pixelAccuracy),
    ...shares.map((share) => cell(score[share])),
    ...kindSums(score),
  ]);
  return csvText(['image', 'mIoU', 'pixelAccuracy', ...shares, ...errorKinds], rows);
}

/** The confusions of each image, as far as they are kept: a line a pair. */
function pairTable({ perImage, perClass }: Evaluation): string {
  const name = (label: number): string => perClass[label]?.name ?? String(label);
  const rows = perImage.flatMap((score) =>
    pairsOf(score).map(({ truth, given, pixels }) => [score.id, name(truth), name(given), String(pixels)]),
  );
  return csvText(['image', 'truth', 'given', 'pixels'], rows);
}

function confusionTable({ confusion, undecided, perClass }: Evaluation): string {
  const names = perClass.map(({ name }) => name);
  const rows = confusion.map((row, label) => [names[label], ...row.map(String), String(undecided[label])]);
  return csvText(['truth', ...names, 'undecided'], rows);
}

/** An evaluation as tables for other programs, by the names of their files. */
export const evaluationTables = (evaluation: Evaluation): Record<string, string> => ({
  'classes.csv': classTable(evaluation),
  'images.csv': imageTable(evaluation),
  'pairs.csv': pairTable(evaluation),
  'confusion.csv': confusionTable(evaluation),
});
