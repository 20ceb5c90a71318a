import { StudioError } from '../../../../shared/errors.js';
import type { LocalizeSettings } from '../../../../shared/settings/index.js';
import { localize, type LocalizeImage } from '../../learn/localize/localize.js';
import { loadTensorflow } from '../../learn/runtime/load.js';
import type { Device } from '../../learn/runtime/release.js';
import { openProject, type Project } from '../../project/project.js';
import type { Task } from '../task.js';
import { referencePool } from './images.js';
import { storedReferences } from './localize.js';
import { photoReader } from './photos.js';
import { asTrained, readTrainedRun } from './trainedRun.js';

export interface SuggestInputs {
  /** Project folder. */
  project: string;
  run: string;
  epoch: number | null;
  classIndex: number;
  /** Image to suggest references for; null for a set that serves all images of the class. */
  imageId: string | null;
  device?: Device;
}

/** The image to suggest references for, as carrying the class; one that is not there fails when its photo is read. */
const askedImage = ({ store }: Project, id: string, classIndex: number): LocalizeImage => ({
  id,
  classes: [classIndex],
  domain: store.image(id)?.domain ?? 'target',
});

/**
 * Suggests a reference set by a strategy: the one that the localization of that image would use. For a whole class the
 * class's first image stands in, and may be in the set itself.
 */
export const suggestReferencesTask: Task<SuggestInputs, LocalizeSettings, { references: string[] }> = {
  async run({ classIndex, imageId, ...inputs }, settings, signal, onProgress) {
    const project = openProject(inputs.project);
    try {
      const { record, weights } = readTrainedRun(project, inputs.run, inputs.epoch);
      const pool = referencePool(project, record, settings['references.domains'])
        .filter(({ classes }) => classes.includes(classIndex))
        .map(({ id, domain }) => ({ id, domain, classes: [classIndex] }));
      if (pool.length === 0) {
        throw new StudioError({
          code: 'set-missing',
          message: `no image that the run has seen carries the class "${project.config.classes[classIndex]}"`,
          remedy: 'Choose another class, or another run.',
        });
      }
      let references: string[] = [];
      await localize(
        {
          tf: await loadTensorflow({ device: inputs.device }),
          weights,
          trainSettings: record.settings,
          classCount: project.config.classes.length,
          images: [imageId === null ? pool[0] : askedImage(project, imageId, classIndex)],
          pool,
          fixedReferences: storedReferences(project),
          readPhoto: photoReader(project),
          async onMaps(_id, _photo, [map]) {
            references = map.references;
          },
        },
        {
          ...asTrained(settings, record),
          mode: 'multi',
          'references.self': imageId === null || settings['references.self'],
        },
        onProgress,
        signal,
      );
      return { references };
    } finally {
      project.close();
    }
  },
};
