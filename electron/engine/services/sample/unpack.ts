import { basename, extname } from 'node:path';
import { encodeGrey } from '../../images/index.js';
import { sharp } from '../../images/sharp.js';
import { runFiles } from '../../jobs/run/files.js';
import { seenDatasets, type RunRecord } from '../../jobs/run/record.js';
import { learntImages } from '../../jobs/tasks/images.js';
import { writeFileAtomic } from '../../project/files.js';
import { resolveInside } from '../../project/paths.js';
import type { Project } from '../../project/project.js';
import type { SampleRecipe } from './recipe.js';

const RUN = 'run/';
const RECORD = `${RUN}settings.json`;

/** The run as it was trained, but that its photos lie where they lie here. */
export async function unpackRun(project: Project, recipe: SampleRecipe): Promise<void> {
  const files = runFiles(project.paths.run(recipe.run));
  for (const name of recipe.names(RUN).filter((one) => one !== RECORD)) {
    await writeFileAtomic(resolveInside(files.folder, name.slice(RUN.length)), recipe.file(name));
  }
  const record = JSON.parse(Buffer.from(recipe.file(RECORD)).toString('utf8')) as RunRecord;
  const datasets = seenDatasets(learntImages(project, recipe.split), project.config.datasets);
  await writeFileAtomic(files.settings, `${JSON.stringify({ ...record, datasets }, null, 2)}\n`);
  project.store.recordArtifact({ kind: 'run', name: recipe.run, parents: [], settings: record.settings });
}

/**
 * One set of the run's maps, 8 bit as they were made.
 *
 * @param onMap called after each
 */
export async function unpackMaps(
  project: Project,
  recipe: SampleRecipe,
  { name, settings }: SampleRecipe['maps'][number],
  onMap: (done: number, total: number) => void,
): Promise<void> {
  project.store.recordArtifact({ kind: 'maps', name, parents: [{ kind: 'run', name: recipe.run }], settings });
  const packed = recipe.names(`maps/${name}/`);
  for (const [i, file] of packed.entries()) {
    const { data, info } = await sharp(recipe.file(file)).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
    const map = encodeGrey({ width: info.width, height: info.height, data: new Uint8Array(data) });
    await writeFileAtomic(resolveInside(project.paths.maps(name), `${basename(file, extname(file))}.png`), map);
    onMap(i + 1, packed.length);
  }
}
