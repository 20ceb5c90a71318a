import { Option } from 'commander';
import { truthConventions } from '../../shared/project.js';
import { truthConventionsByName } from '../engine/images/truth/index.js';

/** `--truth-convention NAME`. */
export const truthConventionOption = (says: string): Option =>
  new Option('--truth-convention <name>', `${says} (default: voc)`).choices(truthConventions);

/** The conventions with what they mean, for help texts. */
export const conventionLines = truthConventions
  .map((name) => `  ${name.padEnd(10)} ${truthConventionsByName[name].means}`)
  .join('\n');
