import path from 'node:path';
import type { Command } from 'commander';
import type { CliCommand, CommandResult } from '../command.js';
import { StudioError } from '../../../shared/errors.js';
import { localizeSettings } from '../../../shared/settings/index.js';
import type { ReferenceScope } from '../../../shared/project.js';
import { runTask } from '../../engine/jobs/runTask.js';
import { openProject, type Project } from '../../engine/project/project.js';
import { classIndexOf, imageWithClass, referenceSets, storeReferences } from '../../engine/services/references.js';
import {
  addDeviceOption,
  addSettingOptions,
  settingsOf,
  type DeviceOption,
  type SettingOptions,
} from '../settingOptions.js';
import { failureLines } from '../failure-text.js';
import { plural, someOf } from '../text.js';

interface ScopeOptions {
  class: string;
  image?: string;
}

interface SuggestOptions extends ScopeOptions, SettingOptions, DeviceOption {
  run: string;
  strategy?: string;
  count?: string;
  save?: boolean;
}

function withProject<Result>(folder: string, work: (project: Project) => Result): Result {
  const project = openProject(folder);
  try {
    return work(project);
  } finally {
    project.close();
  }
}

/** The scope that --class and --image name; both must be there and belong together. */
function scopeOf(project: Project, options: ScopeOptions): ReferenceScope {
  const classIndex = classIndexOf(project, options.class);
  if (options.image !== undefined) imageWithClass(project, options.image, classIndex);
  return { classIndex, imageId: options.image };
}

const scopeText = (project: Project, { classIndex, imageId }: ReferenceScope): string =>
  project.config.classes[classIndex] + (imageId === undefined ? '' : ` in ${imageId}`);

function show(folder: string, options: Partial<ScopeOptions>): CommandResult {
  return withProject(folder, (project) => {
    const wanted = options.class === undefined ? undefined : classIndexOf(project, options.class);
    const sets = referenceSets(project, { classIndex: wanted, imageId: options.image });
    const lines = sets.map(({ references, ...scope }) => `${scopeText(project, scope)}: ${references.join(', ')}`);
    return { data: { sets }, text: lines.join('\n') || 'no reference set is stored' };
  });
}

function set(folder: string, ids: readonly string[], options: ScopeOptions & { clear?: boolean }): CommandResult {
  if ((ids.length === 0) !== Boolean(options.clear)) {
    throw new StudioError({
      code: 'usage',
      message: options.clear ? '--clear takes no images' : 'no image is named',
      remedy: 'Name the reference images, or remove the set with --clear alone.',
    });
  }
  return withProject(folder, (project) => {
    const scope = scopeOf(project, options);
    storeReferences(project, scope, ids);
    const what = ids.length === 0 ? 'no stored references' : plural(ids.length, 'reference');
    return { data: { ...scope, references: ids }, text: `${scopeText(project, scope)}: ${what}` };
  });
}

const scoped = (command: Command): Command =>
  command
    .requiredOption('--class <name>', 'class that the references are for')
    .option('--image <id>', 'image that the references are for (default: every image of the class)');

/** `comask references set | suggest | compare | show PROJECT`: reference sets for the strategy `fixed`. */
export const referencesCommand: CliCommand = {
  register(program, run) {
    const references = program
      .command('references')
      .summary('store, suggest and show the reference images of multi-round localization')
      .description(
        'Stored reference sets are what the strategy `fixed` uses (comask localize --set references.strategy=fixed): ' +
          'the set of the image and class where there is one, else that of the class.',
      );

    scoped(
      references
        .command('set')
        .argument('<project>', 'project folder')
        .argument('[ids...]', 'images that carry the class, best first')
        .summary('store a reference set')
        .option('--clear', 'remove the stored set'),
    ).action(
      run((_context, folder: string, ids: string[], options: ScopeOptions & { clear?: boolean }) =>
        set(folder, ids, options),
      ),
    );

    const suggest = scoped(
      references
        .command('suggest')
        .argument('<project>', 'project folder')
        .summary('let a strategy choose a reference set')
        .requiredOption('--run <name>', 'trained run whose features images are compared by')
        .option('--strategy <name>', 'diverse (default), similar (with --image), or random')
        .option('--count <n>', 'images to suggest')
        .option('--save', 'store the suggestion'),
    );
    addDeviceOption(addSettingOptions(suggest, localizeSettings)).action(
      run(async ({ signal, onProgress }, folder: string, options: SuggestOptions) => {
        const scope = withProject(folder, (project) => scopeOf(project, options));
        const strategy = options.strategy ?? (scope.imageId === undefined ? 'diverse' : 'similar');
        const own = { 'references.strategy': strategy, 'references.count': options.count };
        const settings = settingsOf(localizeSettings, options, own);
        const { references: ids } = await runTask(
          'suggestReferences',
          {
            project: path.resolve(folder),
            run: options.run,
            epoch: null,
            classIndex: scope.classIndex,
            imageId: scope.imageId ?? null,
            device: options.device,
          },
          settings,
          { signal, onProgress },
        );
        return withProject(folder, (project) => {
          if (options.save) storeReferences(project, scope, ids);
          const text = `${scopeText(project, scope)}: ${someOf(ids, 50)}${options.save ? ' (stored)' : ''}`;
          return { data: { ...scope, strategy, references: ids, saved: Boolean(options.save) }, text };
        });
      }),
    );

    addDeviceOption(
      references
        .command('compare')
        .argument('<project>', 'project folder')
        .summary('compute what images are compared by, for the studio to offer candidates')
        .requiredOption('--run <name>', 'trained run whose features images are compared by'),
    ).action(
      run(async ({ signal, onProgress }, folder: string, options: DeviceOption & { run: string }) => {
        const inputs = { project: path.resolve(folder), run: options.run, device: options.device };
        const result = await runTask('describe', inputs, {}, { signal, onProgress });
        const { images, kept, failures } = result;
        const lines = [`${plural(images, 'image')} compared, ${kept} kept from before`, ...failureLines(failures)];
        return { data: result, text: lines.join('\n'), exitCode: images + kept === 0 ? 1 : 0 };
      }),
    );

    references
      .command('show')
      .argument('<project>', 'project folder')
      .summary('show the stored reference sets')
      .option('--class <name>', 'only of this class')
      .option('--image <id>', 'only of this image')
      .action(run((_context, folder: string, options: Partial<ScopeOptions>) => show(folder, options)));
  },
};
