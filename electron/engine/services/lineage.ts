import type { Artifact, ArtifactKind } from '../../../shared/project.js';
import { madeNames } from '../project/info.js';
import type { Project } from '../project/project.js';

/** Something a project has made; of one that was put there by hand only the folder is known. */
export type MadeSet = Omit<Artifact, 'createdAt'> & { createdAt: string | null };

/** Everything that lies in a project's folder, each with what it was made from, ordered by kind and name. */
export function madeSets(project: Project): MadeSet[] {
  const { runs, maps, saliency, masks, predictions, evaluations } = madeNames(project);
  const there: [ArtifactKind, string[]][] = [
    ['run', runs],
    ['maps', maps],
    ['saliency', saliency],
    ['masks', masks],
    ['predictions', predictions],
    ['evaluation', evaluations],
  ];
  const known = new Map(project.store.artifacts().map((artifact) => [`${artifact.kind} ${artifact.name}`, artifact]));
  return there.flatMap(([kind, names]) =>
    names.map((name) => known.get(`${kind} ${name}`) ?? { kind, name, parents: [], settings: {}, createdAt: null }),
  );
}
