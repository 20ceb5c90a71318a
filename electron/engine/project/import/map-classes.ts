import { className, isUnchanged, mapClasses, type MappedClass } from '../../../../shared/class-map.js';
import { StudioError } from '../../../../shared/errors.js';
import type { DatasetRoot, ProjectConfig } from '../../../../shared/project.js';

/** What a mapping of class names is made from. */
export interface MapRequest {
  /** The changes that are asked for. */
  map?: readonly MappedClass[];
  dataset: Pick<DatasetRoot, 'root' | 'format' | 'domain'>;
  /** Reads the names of the dataset's classes. */
  names(): Promise<readonly string[]>;
}

/**
 * The classes of a dataset with their names in the project, or undefined where all keep theirs. `config` is that of a
 * project that is there: a dataset keeps the mapping of its first import, and no mapping brings new classes in.
 * @throws StudioError what mapClasses throws; usage (imported before with other names), label-unknown (a name that is no
 * class of the project)
 */
export async function requestedClasses(
  { map = [], dataset, names }: MapRequest,
  config?: Readonly<ProjectConfig>,
): Promise<MappedClass[] | undefined> {
  const { root, format, domain } = dataset;
  const known = config?.datasets.find((one) => one.root === root && one.format === format && one.domain === domain);
  if (map.length === 0) return known?.classes;
  const mapped = mapClasses(known?.classes?.map(({ name }) => name) ?? (await names()), map);
  if (!config) return isUnchanged(mapped) ? undefined : mapped;
  if (isUnchanged(mapped) && !known?.classes) return undefined;
  const fitted = mapped.map((one) => fit(one, config.classes));
  if (!known || same(fitted, known.classes)) return fitted;
  throw new StudioError({
    code: 'usage',
    message: `${root} is in the project already, with other names for its classes`,
    file: root,
    remedy: 'Import it without changing names, as it was before, or make another project.',
  });
}

const same = (a: readonly MappedClass[], b: readonly MappedClass[] = []): boolean =>
  a.length === b.length && a.every(({ name, as }, i) => name === b[i].name && as === b[i].as);

/** The mapped class, spelled as the project spells it. */
function fit({ name, as }: MappedClass, classes: readonly string[]): MappedClass {
  const there = classes.find((known) => className(known) === className(as));
  if (as === '' || there !== undefined) return { name, as: there ?? '' };
  throw new StudioError({
    code: 'label-unknown',
    message: `the project has no class "${as}" for the dataset's class "${name}"`,
    remedy: `Name one of the project's ${classes.length} classes, or leave it out (--map "${name}=").`,
  });
}
