import type { JobKind } from '../../../../../shared/api/job-requests.js';
import type { Kind } from '../kind.js';
import { describeKind } from './describe.js';
import { evaluateKind } from './evaluate.js';
import { exportKind } from './export.js';
import { importKind } from './import.js';
import { localizeKind } from './localize.js';
import { masksKind } from './masks.js';
import { rankKind } from './rank.js';
import { remaskKind } from './remask.js';
import { reportKind } from './report.js';
import { saliencyKind } from './saliency.js';
import { sampleKind } from './sample.js';
import { segmentPredictKind } from './segment-predict.js';
import { segmentTrainKind } from './segment-train.js';
import { trainKind } from './train.js';

const kinds: { readonly [Name in JobKind]: Kind<Name> } = {
  train: trainKind,
  localize: localizeKind,
  describe: describeKind,
  saliency: saliencyKind,
  masks: masksKind,
  'segment-train': segmentTrainKind,
  'segment-predict': segmentPredictKind,
  remask: remaskKind,
  rank: rankKind,
  evaluate: evaluateKind,
  report: reportKind,
  export: exportKind,
  import: importKind,
  sample: sampleKind,
};

/** What is known of a kind of job; a request of that kind is what its functions take. */
export const kindOf = (name: JobKind): Kind<any> => kinds[name];
