import { z } from 'zod';
import { sampleSettings, type SampleSettings } from '../../../../shared/settings/index.js';
import { markNames } from '../../project/sample/marks.js';
import { BUNDLED_SAMPLE, fileOf, readSampleArchive } from './archive.js';

const values = z.record(z.string(), z.unknown());

/** recipe.json: what the sample project is made of. build/sample/plan.mjs writes it. */
const recipeSchema = z.object({
  /** Name of the project, and of its folder unless another is asked for. */
  name: z.string(),
  /** Of the scenes. */
  sample: values,
  /** Images that have maps and masks, and that the run has learnt from. */
  split: z.string(),
  run: z.string(),
  /** Map sets of the run, with what the index says of each. */
  maps: z.array(z.object({ name: z.string(), settings: values })),
  saliency: z.string(),
  masks: z.object({ name: z.string(), maps: z.string(), settings: values }),
});

/** The recipe with the files of its archive. */
export interface SampleRecipe extends Omit<z.infer<typeof recipeSchema>, 'sample'> {
  scenes: SampleSettings;
  classes: string[];
  /** A file of the archive: `run/...` of the run's folder, `maps/<name>/<id>_<class>.webp`. */
  file(name: string): Uint8Array;
  /** Names of the archive's files that begin so. */
  names(prefix: string): string[];
}

/** Reads the recipe out of an archive. Throws `file-damaged`. */
export async function readRecipe(archive = BUNDLED_SAMPLE): Promise<SampleRecipe> {
  const files = await readSampleArchive(archive);
  const file = (name: string): Uint8Array => fileOf(files, name, archive);
  const { sample, ...recipe } = recipeSchema.parse(JSON.parse(Buffer.from(file('recipe.json')).toString('utf8')));
  const scenes = sampleSettings.resolve(sample);
  return {
    ...recipe,
    scenes,
    classes: markNames.slice(0, scenes.classes),
    file,
    names: (prefix) => [...files.keys()].filter((name) => name.startsWith(prefix)),
  };
}
