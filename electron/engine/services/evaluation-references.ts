import { errorDetails } from '../../../shared/errors.js';
import type { Artifact, ImageRecord } from '../../../shared/project.js';
import { localizeSettings, type LocalizeSettings } from '../../../shared/settings/index.js';
import type { ReferenceFacts } from '../evaluate/causes.js';
import { runFiles } from '../jobs/run/files.js';
import { readRunRecord, type RunRecord } from '../jobs/run/record.js';
import { seenBy } from '../jobs/tasks/images.js';
import { storedReferences } from '../jobs/tasks/localize.js';
import { chosenReferences, referenceCandidates } from '../learn/localize/references/choose.js';
import { strategies } from '../learn/localize/references/strategies.js';
import { similarity } from '../learn/localize/references/types.js';
import type { Project } from '../project/project.js';
import { comparedClass, type ComparedClass } from './compared.js';
import { isNear, usualNearness } from './coverage.js';
import { originsIn } from './origins.js';
import { settingsOf } from './made-with.js';

/** What `read` gives; null where the run, or what it compares images by, is not there. */
function orNone<Found>(read: () => Found): Found | null {
  try {
    return read();
  } catch (error) {
    if (['run-missing', 'set-missing', 'file-missing', 'dataset-empty'].includes(errorDetails(error).code)) return null;
    throw error;
  }
}

/** The images of a class that a run's maps could be made with, in order of id, as its job takes them. */
function membersOf({ store }: Project, record: RunRecord, settings: LocalizeSettings, classIndex: number): string[] {
  const carrying = store.iterateImages({ split: record.split ?? undefined, learnt: true, kept: true, classIndex });
  return seenBy(record, [...carrying])
    .filter(({ domain }) => settings['references.domains'].includes(domain))
    .map(({ id }) => id);
}

function nearnessOf(compared: ComparedClass, id: string, references: readonly string[]): ReferenceFacts['nearness'] {
  const usual = usualNearness(compared);
  const own = compared.byId.get(id);
  const cosines = references.flatMap((other) => {
    const vector = other === id ? undefined : compared.byId.get(other);
    return own && vector ? [similarity(own, vector)] : [];
  });
  if (usual === null || cosines.length === 0) return null;
  const nearest = Math.max(...cosines);
  // A cosine that misses the measure by rounding alone has reached it.
  return { nearest: isNear(nearest, usual) ? Math.max(nearest, usual) : nearest, usual };
}

/**
 * What the map of a class was made with: the references that its settings choose among the images as they are now. Null for
 * maps without references, or of a run that is not there.
 */
export function referenceFacts(
  project: Project,
  maps: Artifact | null,
  { id }: ImageRecord,
  classIndex: number,
): ReferenceFacts | null {
  const settings = maps && settingsOf(localizeSettings, maps);
  if (!maps || settings?.mode !== 'multi') return null;
  const { run } = originsIn(project, maps);
  const record = run === undefined ? null : orNone(() => readRunRecord(runFiles(project.paths.run(run))));
  if (run === undefined || !record) return null;

  const members = membersOf(project, record, settings, classIndex);
  const fixed = storedReferences(project)(id, classIndex);
  const candidates = referenceCandidates({ id, members }, settings);
  const isFixed = settings['references.strategy'] === 'fixed';
  const compared = orNone(() => comparedClass(project, run, classIndex));
  const known = (other: string): Float32Array => compared!.byId.get(other)!;
  const isKnown = compared !== null && [id, ...members].every((other) => compared.byId.has(other));
  const choosable = isKnown || !strategies[settings['references.strategy']].needsDescriptors;
  const used = choosable ? chosenReferences({ id, classIndex, members, fixed, descriptorOf: known }, settings) : [];
  return {
    available: isFixed ? used.length : candidates.length,
    wanted: settings['references.count'],
    nearness: compared && nearnessOf(compared, id, used),
  };
}
