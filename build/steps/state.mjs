import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A failure with a message for a person. */
export class UserError extends Error {}

/** What is there of an earlier try; null in a new or empty folder. */
function readState(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw new UserError(`error: ${file} cannot be read: ${error.message}\n  Choose another folder.`);
  }
}

function entriesOf(folder) {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw new UserError(`error: ${folder} cannot be used: ${error.message}\n  Choose another folder.`);
  }
}

/**
 * Opens the folder of a row of steps: a new one, or one that was stopped, whose finished steps are not done again.
 * @param what what the steps make, in one word: `demo`; its file is `demo.json`
 * @returns {{ steps: Record<string, { seconds: number, result?: object }>, save(): void }}
 * @throws UserError for a folder that holds something else, or the same with other options
 */
export function openState(folder, what, options) {
  const file = join(folder, `${what}.json`);
  const known = readState(file);
  if (!known && entriesOf(folder).length > 0) {
    throw new UserError(
      `error: ${folder} holds other files\n  Choose an empty folder, or one that does not exist yet.`,
    );
  }
  if (known && JSON.stringify(known.options) !== JSON.stringify(options)) {
    const typed = Object.entries(known.options).map(([key, value]) => (value === null ? '' : ` --${key} ${value}`));
    throw new UserError(
      `error: ${folder} holds ${what === 'experiment' ? 'an' : 'a'} ${what} with other options\n  Choose another folder, or go on with:${typed.join('')}`,
    );
  }
  const steps = known?.steps ?? {};
  return {
    steps,
    save() {
      mkdirSync(folder, { recursive: true });
      const temporary = `${file}.tmp`;
      writeFileSync(temporary, `${JSON.stringify({ options, steps }, null, 2)}\n`);
      renameSync(temporary, file);
    },
  };
}
