import type { ReferenceAssessment } from '../../../shared/api/references.js';
import { StudioError } from '../../../shared/errors.js';
import { similarity } from '../learn/localize/references/types.js';
import type { Project } from '../project/project.js';
import { comparedClass, DUPLICATE, type ComparedClass } from './compared.js';
import { coverageOf } from './coverage.js';

export interface AssessRequest {
  run: string;
  classIndex: number;
  /** Image that the references are for. */
  imageId?: string;
  references: readonly string[];
}

function comparedOrNone(project: Project, { run, classIndex }: AssessRequest): ComparedClass | null {
  try {
    return comparedClass(project, run, classIndex);
  } catch (error) {
    if (error instanceof StudioError && error.code === 'set-missing') return null;
    throw error;
  }
}

/**
 * What a reference set is worth: of each image its domain, how near it is to the image that the set is for, and the earlier
 * one of the set that looks the same; and how much of its class it covers. Images that are not compared by the run yet are
 * told of as far as they are known.
 *
 * @throws StudioError `run-missing`
 */
export function assessReferences(project: Project, request: AssessRequest): ReferenceAssessment {
  const { imageId, references } = request;
  const compared = comparedOrNone(project, request);
  const vectorOf = (id: string): Float32Array | undefined => compared?.byId.get(id);
  const own = imageId === undefined ? undefined : vectorOf(imageId);
  const members = references.map((id, place) => {
    const vector = vectorOf(id);
    const looksLike = (other: string): boolean => {
      const before = vectorOf(other);
      return vector !== undefined && before !== undefined && similarity(before, vector) > DUPLICATE;
    };
    return {
      id,
      domain: project.store.image(id)?.domain ?? null,
      similarity: own && vector ? similarity(own, vector) : null,
      duplicateOf: references.slice(0, place).find(looksLike) ?? null,
    };
  });
  return { members, coverage: compared && coverageOf(compared, references) };
}
