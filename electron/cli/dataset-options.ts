import { join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { MappedClass } from '../../shared/class-map.js';
import type { TruthConventionName } from '../../shared/project.js';
import { datasetFormats } from '../engine/project/formats/index.js';
import type { NewProjectRequest, NewProjectResult } from '../engine/project/import/new-project.js';
import { domainOf, type DomainOption } from './domain-option.js';
import { failureLines } from './failure-text.js';
import { truthConventionOption } from './truth-convention.js';

/** What a command that imports a dataset is told about it. */
export interface DatasetOptions extends DomainOption {
  dataset: string;
  labels?: string;
  classes?: string;
  difficult: boolean;
  format: string;
  truthConvention?: TruthConventionName;
  map?: MappedClass[];
}

/** Adds the options that name a dataset. */
export function addDatasetOptions(command: Command): Command {
  return command
    .requiredOption('--dataset <dir>', 'folder of the photos')
    .option('--labels <file>', 'label file (.txt, .npy, .csv, .tsv or .json) that stands before those of the dataset')
    .option('--classes <names>', 'voc, coco, or a file with a name a line (default: from the dataset, or those of VOC)')
    .option('--no-difficult', "leave out objects that VOC's annotations mark as difficult")
    .option(
      '--map <old=new>',
      'another name for a class, once for each; one name for several joins them, none leaves out',
      mapOption,
    ) // prettier-ignore
    .addOption(
      new Option('--format <format>', 'layout of the dataset')
        .choices(['auto', ...datasetFormats.map(({ name }) => name)])
        .default('auto'),
    )
    .addOption(truthConventionOption('what the pixel values of its ground truth mean'));
}

function mapOption(text: string, before: MappedClass[] = []): MappedClass[] {
  const at = text.indexOf('=');
  if (at > 0) return [...before, { name: text.slice(0, at), as: text.slice(at + 1) }];
  throw new InvalidArgumentError('Expected old=new; nothing after the sign leaves the class out.');
}

/** The import that options ask for. */
export function datasetRequest(folder: string, options: DatasetOptions): NewProjectRequest {
  const { domain, truthConvention: convention, ...source } = options;
  return { ...source, convention, folder, domain: domainOf(domain) ?? 'target' };
}

/** What an import did, for a person. */
export function importText({
  root,
  name,
  created,
  classes,
  format,
  added,
  completed,
  known,
  failures,
}: NewProjectResult): string {
  const more = [completed > 0 ? `${completed} completed` : '', known > 0 ? `${known} already known` : ''].filter(
    Boolean,
  );
  return [
    `${created ? 'Made' : 'Added to'} project ${name} in ${root}`,
    `  ${added} images added${more.map((part) => `, ${part}`).join('')} (read as ${format}), ${classes.length} classes`,
    ...failureLines(failures, join(root, 'import-report.csv')),
  ].join('\n');
}
