import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A failure with a message for a person. */
export class DemoError extends Error {}

const fileOf = (folder) => join(folder, 'demo.json');

/** What is there of an earlier demo; null in a new or empty folder. */
function readState(folder) {
  try {
    return JSON.parse(readFileSync(fileOf(folder), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw new DemoError(`error: ${fileOf(folder)} cannot be read: ${error.message}\n  Choose another folder.`);
  }
}

function entriesOf(folder) {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw new DemoError(`error: ${folder} cannot be used: ${error.message}\n  Choose another folder.`);
  }
}

/**
 * Opens the folder of a demo: a new one, or one that was stopped, whose finished steps are not done again.
 * @returns {{ steps: Record<string, { seconds: number, result?: object }>, save(): void }}
 * @throws DemoError for a folder that holds something else, or a demo with other options
 */
export function openState(folder, options) {
  const known = readState(folder);
  if (!known && entriesOf(folder).length > 0) {
    throw new DemoError(
      `error: ${folder} holds other files\n  Choose an empty folder, or one that does not exist yet.`,
    );
  }
  if (known && JSON.stringify(known.options) !== JSON.stringify(options)) {
    const typed = Object.entries(known.options).map(([key, value]) => (value === null ? '' : ` --${key} ${value}`));
    throw new DemoError(
      `error: ${folder} holds a demo with other options\n  Choose another folder, or go on with:${typed.join('')}`,
    );
  }
  const steps = known?.steps ?? {};
  return {
    steps,
    save() {
      mkdirSync(folder, { recursive: true });
      const temporary = `${fileOf(folder)}.tmp`;
      writeFileSync(temporary, `${JSON.stringify({ options, steps }, null, 2)}\n`);
      renameSync(temporary, fileOf(folder));
    },
  };
}
