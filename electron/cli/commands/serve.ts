import { once } from 'node:events';
import { homedir } from 'node:os';
import { InvalidArgumentError } from 'commander';
import type { CliCommand, CommandContext, CommandResult } from '../command.js';
import { startEngine } from '../../engine/server/start.js';
import { openBrowser } from '../open-browser.js';

interface ServeOptions {
  port?: number;
  open: boolean;
}

const details = `
Prints a link that opens the studio in a browser, and opens it. The link works once and only on this machine; the browser
keeps a cookie afterwards. Everything else is refused: other machines, other sites, other users.

Ctrl-C ends it: jobs that run are paused with a checkpoint and wait to be resumed. Killed in any other way, the next start
takes them up by itself. Commands like "comask info" and "comask export" may be used on the same project meanwhile; a
second "comask serve" is refused.

On a machine far away, start it there with a port and go through a tunnel:
  there   comask serve birds --no-open --port 4400
  here    ssh -L 4400:127.0.0.1:4400 that-machine
and open the printed link here.

Examples:
  comask serve birds
  comask serve birds --port 4400 --no-open`;

function portNumber(text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('Write a port, 0 to 65535; 0 for one that is free.');
}

/** Serves until it is aborted. Throws what startEngine throws. */
export async function serve(
  { signal, say, warn }: CommandContext,
  project: string | undefined,
  { port, open }: ServeOptions,
): Promise<CommandResult> {
  const engine = await startEngine({
    port,
    project,
    onUnforeseen: (error) => warn(`error: ${(error as Error | undefined)?.stack ?? String(error)}`),
  });
  say(`The studio is at ${engine.origin}\nOpen it by this link, which works once:\n  ${engine.link()}`);
  say('Press Ctrl-C to end it.');
  const opened = open ? openBrowser(engine.link(), engine.workspace.list()[0]?.root ?? homedir()) : null;
  try {
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    opened?.remove();
    await engine.close();
  }
  return { data: { origin: engine.origin }, text: 'Ended. Jobs that ran are paused.' };
}

/** `comask serve [PROJECT]`: the studio for a browser on this machine. */
export const serveCommand: CliCommand = {
  register(program, run) {
    program
      .command('serve')
      .argument('[project]', 'project folder, or its .comask file; without one the studio begins at its start screen')
      .summary('open the studio in a browser, and run its jobs')
      .description('Serves a project to a browser on this machine, and runs the jobs of its queue.')
      .option(
        '--port <n>',
        'port to listen at; 0 for one that is free (default: the same for a project each time, where it is free)',
        portNumber,
      )
      .option('--no-open', 'only print the link')
      .addHelpText('after', details)
      .action(run((context, project: string | undefined, options: ServeOptions) => serve(context, project, options)));
  },
};
