import type { CliCommand } from '../command.js';
import { masksCommand } from './masks.js';
import { doctorCommand } from './doctor.js';
import { runtimeCommand } from './runtime.js';
import { sampleCommand } from './sample.js';
import { settingsCommand } from './settings.js';

/** Every subcommand, in the order of the help. */
export const commands: readonly CliCommand[] = [
  sampleCommand,
  masksCommand,
  settingsCommand,
  runtimeCommand,
  doctorCommand,
];
