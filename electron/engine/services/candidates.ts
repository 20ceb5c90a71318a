import type { ImageQuery } from '../../../shared/api/images.js';
import type { candidateOrders, ReferenceCandidate as Candidate } from '../../../shared/api/references.js';
import { diverseSet } from '../learn/localize/references/strategies.js';
import { similarity } from '../learn/localize/references/types.js';
import type { Project } from '../project/project.js';
import { comparedClass, DUPLICATE, unitMean } from './compared.js';

type CandidateOrder = (typeof candidateOrders)[number];

export interface CandidateRequest {
  run: string;
  classIndex: number;
  /** Image that the references are for. */
  imageId?: string;
  /** Only images that it leaves are offered; the index must know about the masks and scores that it asks for. */
  filter?: ImageQuery;
  order: CandidateOrder;
  limit: number;
}

/** Candidates that duplicates are looked for among: pairs grow with the square. */
const COMPARED = 500;

/**
 * Images that carry a class, that a run has learnt from and that a filter leaves, as references of an image or of all of the
 * class. Best first: `similar` and `typical` by nearness to the image, or to the mean of the class; `diverse` one after the
 * other the farthest from those before (K-centre greedy); `confident` by the confidence of an audit, then by nearness.
 * Equal ones by id.
 *
 * @throws StudioError `run-missing`, `set-missing` where images are not compared by the run yet
 */
export function candidates(project: Project, request: CandidateRequest): { candidates: Candidate[]; total: number } {
  const { run, classIndex, imageId, filter, order, limit } = request;
  const { images, byId } = comparedClass(project, run, classIndex);
  const left = filter && project.store.browser.narrowed(filter, classIndex);
  const pool = images.filter(({ id }) => id !== imageId && (left?.has(id) ?? true));
  if (pool.length === 0) return { candidates: [], total: 0 };
  const own = imageId === undefined ? undefined : byId.get(imageId);
  const centre = own ?? unitMean(images.map(({ id }) => byId.get(id)!));
  const confidences = new Map(
    project.store.labels
      .confidences(run)
      .filter((one) => one.classIndex === classIndex)
      .map((one) => [one.imageId, one.confidence]),
  );
  const all = pool.map(({ id, domain }): Candidate => ({
    id,
    domain,
    similarity: similarity(centre, byId.get(id)!),
    confidence: confidences.get(id) ?? null,
    duplicateOf: null,
  }));
  const ordered = orders[order](all, limit, (id) => byId.get(id)!).slice(0, limit);
  markDuplicates(ordered.slice(0, COMPARED), (id) => byId.get(id)!);
  return { candidates: ordered, total: all.length };
}

type Describe = (id: string) => Float32Array;

const nearest = (all: Candidate[]): Candidate[] =>
  [...all].sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1));

const orders: Record<CandidateOrder, (all: Candidate[], limit: number, describe: Describe) => Candidate[]> = {
  similar: nearest,
  typical: nearest,
  diverse(all, limit, describe) {
    const byId = new Map(all.map((one) => [one.id, one]));
    return diverseSet([...byId.keys()].sort(), limit, describe).map((id) => byId.get(id)!);
  },
  confident: (all) => nearest(all).sort((a, b) => (b.confidence ?? -1) - (a.confidence ?? -1)),
};

function markDuplicates(shown: readonly Candidate[], describe: Describe): void {
  shown.forEach((candidate, i) => {
    const same = shown.slice(0, i).find(({ id }) => similarity(describe(id), describe(candidate.id)) > DUPLICATE);
    candidate.duplicateOf = same?.id ?? null;
  });
}
