import path from 'node:path';
import { Option, type Command } from 'commander';
import { auditSettings } from '../../../shared/settings/index.js';
import type { Domain } from '../../../shared/types.js';
import { runTask } from '../../engine/jobs/runTask.js';
import type { AuditResult } from '../../engine/jobs/tasks/audit.js';
import { writeFileAtomic } from '../../engine/project/files.js';
import { openProject, type Project } from '../../engine/project/project.js';
import {
  changeLabels,
  doubtedDomain,
  doubtfulCsv,
  doubtfulLabels,
  restoreLabels,
} from '../../engine/services/label-audit.js';
import { classIndexOf } from '../../engine/services/references.js';
import type { CliCommand, CommandResult } from '../command.js';
import { domainOf } from '../domain-option.js';
import { addEpochOption, type EpochOption } from '../epoch-option.js';
import { failureLines } from '../failure-text.js';
import { changeTable, doubtfulTable, withNames } from '../label-text.js';
import { StudioError } from '../../../shared/errors.js';
import {
  addDeviceOption,
  addSettingOptions,
  settingsOf,
  type DeviceOption,
  type SettingOptions,
} from '../settingOptions.js';
import { plural } from '../text.js';

interface DoubtOptions extends SettingOptions {
  run: string;
  share?: string;
  domain?: string;
  csv?: string;
}

interface AuditOptions extends DoubtOptions, DeviceOption, EpochOption {
  apply?: 'drop' | 'weight';
}

interface RestoreOptions {
  class?: string;
  all?: boolean;
}

/** The domain that is asked for, or the one whose labels are doubted. */
const domainFor = (project: Project, { domain }: DoubtOptions): Domain | null =>
  domain === undefined ? doubtedDomain(project) : domainOf(domain);

/** Lists the least confident labels of an audit; drops them or makes them count less where asked to. */
async function doubts(folder: string, options: AuditOptions, judged?: AuditResult): Promise<CommandResult> {
  const settings = settingsOf(auditSettings, options, { share: options.share });
  const project = openProject(folder);
  try {
    const { classes } = project.config;
    const { run, apply } = options;
    const domain = domainFor(project, options);
    const labels = doubtfulLabels(project, run, domain, settings.share);
    if (apply) changeLabels(project, labels, { run, domain, weight: apply === 'drop' ? 0 : settings.weight });
    const file = options.csv === undefined ? null : path.resolve(options.csv);
    if (file !== null) await writeFileAtomic(file, doubtfulCsv(project, labels));
    const done = apply === 'drop' ? 'dropped' : `now count ${settings.weight}`;
    const text = [
      ...(judged ? [`${plural(judged.labels, 'label')} judged`, ...failureLines(judged.failures)] : []),
      ...doubtfulTable(labels, classes),
      ...(file === null ? [] : [`all of them: ${file}`]),
      apply
        ? `${plural(labels.length, 'label')} ${done}; to take it back: comask labels restore ${folder} --all`
        : `nothing is changed; --apply drop leaves them out of training, --apply weight makes them count less`,
    ];
    const found = judged ? { judged: judged.labels, failures: judged.failures } : {};
    const data = {
      run,
      domain,
      ...found,
      applied: apply ?? null,
      csv: file,
      labels: labels.map((l) => withNames(l, classes)),
    };
    return { data, text: text.join('\n') };
  } finally {
    project.close();
  }
}

function changes(folder: string): CommandResult {
  const project = openProject(folder);
  try {
    const { classes } = project.config;
    const list = project.store.labels.changes();
    const text = list.length > 0 ? changeTable(list, classes).join('\n') : 'every label counts fully';
    return { data: { changes: list.map((change) => withNames(change, classes)) }, text };
  } finally {
    project.close();
  }
}

function restore(folder: string, ids: readonly string[], options: RestoreOptions): CommandResult {
  if ((ids.length === 0 && options.class === undefined) !== Boolean(options.all)) {
    throw new StudioError({
      code: 'usage',
      message: options.all ? '--all takes no images and no class' : 'no label is named',
      remedy: 'Name images, or a class with --class, or restore every label with --all.',
    });
  }
  const project = openProject(folder);
  try {
    const classIndex = options.class === undefined ? undefined : classIndexOf(project, options.class);
    const restored = restoreLabels(project, { ids, classIndex });
    const data = { restored: restored.map((change) => withNames(change, project.config.classes)) };
    return { data, text: `${plural(restored.length, 'label')} restored` };
  } finally {
    project.close();
  }
}

const doubtOptions = (command: Command): Command =>
  command
    .option('--share <n>', 'share of each class, the least confident labels (default: .2)')
    .addOption(
      new Option('--domain <domain>', 'only photos of this domain (default: web, or all where there are none)').choices(
        ['target', 'single', 'single-label', 'web', 'all'],
      ),
    )
    .option('--csv <file>', 'also write the list as a table');

/** `comask labels audit | list | restore PROJECT`: labels that are probably wrong. */
export const labelsCommand: CliCommand = {
  register(program, run) {
    const labels = program
      .command('labels')
      .summary('find image-level labels that are probably wrong, and leave them out')
      .description(
        'A trained run gives each label a confidence: what its classifier thinks of the photo, and how far the photo ' +
          "agrees with those of the same label that it is surest of. The datasets' own labels are never changed: dropped " +
          'labels and those that count less lie over them, and can be restored.',
      );

    const audit = doubtOptions(
      labels
        .command('audit')
        .argument('<project>', 'project folder')
        .summary('judge every label by a trained run and list the worst of each class')
        .requiredOption('--run <name>', 'trained run to judge by'),
    ).addOption(
      new Option(
        '--apply <how>',
        'leave the listed labels out of training (drop), or let them count less (weight)',
      ).choices(['drop', 'weight']),
    );
    addDeviceOption(addSettingOptions(addEpochOption(audit), auditSettings)).action(
      run(async ({ signal, onProgress }, folder: string, options: AuditOptions) => {
        const settings = settingsOf(auditSettings, options, { share: options.share });
        const inputs = {
          project: path.resolve(folder),
          run: options.run,
          epoch: options.epoch ?? null,
          device: options.device,
        };
        const judged = await runTask('audit', inputs, settings, { signal, onProgress });
        return doubts(folder, options, judged);
      }),
    );

    doubtOptions(
      labels
        .command('list')
        .argument('<project>', 'project folder')
        .summary('list labels that are dropped or count less, or with --run the worst of its audit')
        .option('--run <name>', 'run whose audit to list again'),
    ).action(
      run((_context, folder: string, options: Omit<DoubtOptions, 'run' | 'set'> & { run?: string }) =>
        options.run === undefined ? changes(folder) : doubts(folder, { ...options, run: options.run, set: [] }),
      ),
    );

    labels
      .command('restore')
      .argument('<project>', 'project folder')
      .argument('[ids...]', 'images whose labels are to count fully again')
      .summary('let labels count fully again')
      .option('--class <name>', 'only labels of this class')
      .option('--all', 'every label of the project')
      .action(run((_context, folder: string, ids: string[], options: RestoreOptions) => restore(folder, ids, options)));
  },
};
