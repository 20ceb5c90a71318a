import type { CliCommand } from '../command.js';
import { addCommand } from './add.js';
import { clickCommand } from './click.js';
import { compareCommand } from './compare.js';
import { evaluateCommand } from './evaluate.js';
import { importCommand } from './import.js';
import { exportCommand } from './export.js';
import { infoCommand } from './info.js';
import { newCommand } from './new.js';
import { labelsCommand } from './labels.js';
import { localizeCommand } from './localize.js';
import { masksCommand } from './masks.js';
import { doctorCommand } from './doctor.js';
import { referencesCommand } from './references.js';
import { openCommand } from './open.js';
import { runtimeCommand } from './runtime.js';
import { saliencyCommand } from './saliency.js';
import { sampleCommand } from './sample.js';
import { segmentCommand } from './segment.js';
import { serveCommand } from './serve.js';
import { settingsCommand } from './settings.js';
import { trainCommand } from './train.js';
import { weightsCommand } from './weights.js';

/** Every subcommand, in the order of the help. */
export const commands: readonly CliCommand[] = [
  newCommand,
  addCommand,
  infoCommand,
  sampleCommand,
  trainCommand,
  labelsCommand,
  localizeCommand,
  referencesCommand,
  saliencyCommand,
  masksCommand,
  segmentCommand,
  importCommand,
  evaluateCommand,
  compareCommand,
  exportCommand,
  openCommand,
  serveCommand,
  weightsCommand,
  clickCommand,
  settingsCommand,
  runtimeCommand,
  doctorCommand,
];
