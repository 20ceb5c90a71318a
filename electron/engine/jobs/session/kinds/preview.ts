import type { LocalizeSettings } from '../../../../../shared/settings/index.js';
import { encodeGrey, resizeCubicBytes } from '../../../images/index.js';
import { openPreviewer, type Attention, type Previewer, type PreviewRequest } from '../../../learn/localize/preview.js';
import { loadTensorflow } from '../../../learn/runtime/load.js';
import type { Device } from '../../../learn/runtime/release.js';
import { openProject, type Project } from '../../../project/project.js';
import type { FloatMap } from '../../../../../shared/types.js';
import { imageWithClass } from '../../../services/references.js';
import { referencePool } from '../../tasks/images.js';
import { toBytes } from '../../tasks/maps.js';
import { photoReader } from '../../tasks/photos.js';
import { asTrained, readTrainedRun } from '../../tasks/trainedRun.js';
import type { SessionKind } from '../session.js';

export interface PreviewOpening {
  /** Project folder. */
  project: string;
  run: string;
  /** Weights after this many epochs; null for the run's own choice. */
  epoch: number | null;
  settings: LocalizeSettings;
  device?: Device;
}

interface Asked {
  imageId: string;
  classIndex: number;
  references: readonly string[];
}
/** A place in a photo, 0..1 from left and from top. */
type At = { x: number; y: number };

export type PreviewQuestion =
  | ({ ask: 'map' } & Asked)
  /** The class-agnostic gate, and the map of what it leaves. */
  | ({ ask: 'parted' } & Asked)
  /** Where a place of the image attends in its references; with `from`, where a place of that reference attends in the image. */
  | ({ ask: 'attention'; at: At; from: string | null } & Asked);

/** Pictures are 8-bit grey PNG of the photo's size. */
export type PreviewAnswer =
  | { ask: 'map'; map: Uint8Array; references: string[] }
  | { ask: 'parted'; gate: Uint8Array; rest: Uint8Array }
  | { ask: 'attention'; attention: Attention[] };

const png = (map: FloatMap, { width, height }: { width: number; height: number }): Uint8Array =>
  encodeGrey(resizeCubicBytes(toBytes(map), width, height));

async function previewerOf(project: Project, { run, epoch, settings, device }: PreviewOpening): Promise<Previewer> {
  const { record, weights } = readTrainedRun(project, run, epoch);
  const inputs = {
    tf: await loadTensorflow({ device }),
    weights,
    trainSettings: record.settings,
    classCount: project.config.classes.length,
    images: [],
    pool: referencePool(project, record, settings['references.domains']),
    readPhoto: photoReader(project),
  };
  // Never aborted: the thread writes nothing, so it is ended as it stands.
  return openPreviewer(inputs, asTrained(settings, record), new AbortController().signal);
}

/** Maps of an image while the set of its references changes, on weights and features that stay loaded. */
export const previewSession: SessionKind<PreviewOpening, PreviewQuestion, PreviewAnswer> = {
  async open(opening) {
    const project = openProject(opening.project);
    const previewer = await previewerOf(project, opening);
    return async (question) => {
      const image = imageWithClass(project, question.imageId, question.classIndex);
      const request: PreviewRequest = { ...question, image };
      switch (question.ask) {
        case 'map': {
          const { scaled, references } = await previewer.map(request);
          return { ask: 'map', map: png(scaled, image), references };
        }
        case 'parted': {
          const { gate, rest } = await previewer.parted(request);
          return { ask: 'parted', gate: png(gate, image), rest: png(rest, image) };
        }
        case 'attention': {
          const { at, from } = question;
          const attention =
            from === null ? await previewer.attention(request, at) : [await previewer.answered(request, from, at)];
          return { ask: 'attention', attention };
        }
      }
    };
  },
};
