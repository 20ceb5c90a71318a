import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { datasetFormats } from '../engine/project/formats/index.js';
import type { NewProjectRequest, NewProjectResult } from '../engine/project/import/new-project.js';
import { domainOf, type DomainOption } from './domain-option.js';
import { failureLines } from './failure-text.js';

/** What a command that imports a dataset is told about it. */
export interface DatasetOptions extends DomainOption {
  dataset: string;
  labels?: string;
  classes?: string;
  format: string;
}

/** Adds the options that name a dataset. */
export function addDatasetOptions(command: Command): Command {
  return command
    .requiredOption('--dataset <dir>', 'folder of the photos')
    .option('--labels <file>', 'label file (*_cls.txt or .csv) that stands before those of the dataset')
    .option('--classes <file>', 'names of the classes, one a line (default: from the dataset, or those of VOC)')
    .addOption(
      new Option('--format <format>', 'layout of the dataset')
        .choices(['auto', ...datasetFormats.map(({ name }) => name)])
        .default('auto'),
    );
}

/** The import that options ask for. */
export function datasetRequest(folder: string, options: DatasetOptions): NewProjectRequest {
  const { dataset, labels, classes, format, domain } = options;
  return { folder, dataset, labels, classes, format, domain: domainOf(domain) ?? 'target' };
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
