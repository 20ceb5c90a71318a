import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorDetails } from '../../../shared/errors.js';
import type { CliCommand, CommandContext, CommandResult } from '../command.js';
import { fetchElectron, openWindow } from '../electron-program.js';
import { serve } from './serve.js';

/** The bundle is in dist/ of it. */
const root = fileURLToPath(new URL('../', import.meta.url));

const details = `
The window is Electron's, which is fetched the first time. Where that fails or there is no display, the same studio opens
in the browser, as by "comask serve".

A studio that is open already opens the project too. Close the window to end it; Ctrl-C ends it as well, and pauses jobs
with a checkpoint.`;

async function open(context: CommandContext, project: string | undefined): Promise<CommandResult> {
  const folder = project === undefined ? undefined : resolve(project);
  try {
    const program = fetchElectron(root, context.say);
    await openWindow(program, folder === undefined ? [root] : [root, folder], context.signal);
    return { data: { window: true } };
  } catch (error) {
    context.warn(`There is no window: ${errorDetails(error).message}. Opening the studio in the browser instead.`);
    return serve(context, folder, { open: true });
  }
}

/** `comask open [PROJECT]`: the studio in a window of its own. */
export const openCommand: CliCommand = {
  register(program, run) {
    program
      .command('open')
      .argument('[project]', 'project folder, or its .comask file')
      .summary('open the studio in a window')
      .description('Opens the studio in a window of its own, with a project where one is named.')
      .addHelpText('after', details)
      .action(run(open));
  },
};
