import { Command, CommanderError } from 'commander';
import { errorDetails, type ErrorDetails } from '../../shared/errors.js';
import type { CommandResult, RunCommand } from './command.js';
import { commands } from './commands/index.js';
import { printableLines } from './printable.js';
import { progressPrinter } from './progress.js';

export const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

function exitCodeOf({ code }: ErrorDetails): number {
  if (code === 'usage' || code === 'settings-invalid') return exitCodes.usage;
  if (code === 'interrupted') return exitCodes.interrupted;
  return exitCodes.failed;
}

/** Runs the command line with `argv` as typed after `comask`; resolves to the exit code. */
export async function main(argv: readonly string[], version: string): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = new Command('comask')
    .description(
      'Weakly supervised segmentation: from photos with image-level labels to pixel masks.\n\n' +
        'The usual order: new, train, localize, saliency, masks, evaluate. Every command has its own --help.',
    )
    .version(version, '-v, --version')
    .option('--json', 'print the result as JSON on stdout, for machines')
    .showHelpAfterError('Add --help to see how it is used.')
    .exitOverride();
  program.configureHelp({ showGlobalOptions: true, sortSubcommands: false });

  const run: RunCommand =
    (action) =>
    async (...args) => {
      const json = Boolean(program.opts().json);
      const abort = new AbortController();
      const onInterrupt = (): void => {
        if (abort.signal.aborted) process.exit(exitCodes.interrupted);
        abort.abort();
        process.stderr.write('\nStopping: what is done is kept. Press Ctrl-C again to end at once.\n');
      };
      process.on('SIGINT', onInterrupt);
      process.on('SIGTERM', onInterrupt);
      const printer = progressPrinter({ quiet: json });
      try {
        const result: CommandResult = await action(
          {
            signal: abort.signal,
            onProgress: printer.onProgress,
            say: (line) => (json ? undefined : printer.line(line)),
            warn: (line) => printer.warn(line),
          },
          ...args,
        );
        printer.stop();
        if (json) process.stdout.write(`${JSON.stringify(result.data, null, 2)}\n`);
        else if (result.text) process.stdout.write(`${printableLines(result.text)}\n`);
        exitCode = result.exitCode ?? exitCodes.done;
      } catch (error) {
        printer.stop();
        const details = errorDetails(error);
        if (json) process.stdout.write(`${JSON.stringify({ error: details }, null, 2)}\n`);
        process.stderr.write(`${printableLines(describe(details))}\n`);
        if (details.code === 'internal' && process.env.COMASK_DEBUG)
          process.stderr.write(`${(error as Error).stack}\n`);
        exitCode = exitCodeOf(details);
      } finally {
        process.off('SIGINT', onInterrupt);
        process.off('SIGTERM', onInterrupt);
      }
    };

  for (const command of commands) command.register(program, run);
  for (const command of program.commands)
    command.exitOverride().showHelpAfterError('Add --help to see how it is used.');

  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
  return exitCode;
}

/** `error: what happened (file)` and, on a line of its own, what to do. */
function describe({ message, file, remedy }: ErrorDetails): string {
  const where = file && !message.includes(file) ? ` (${file})` : '';
  return `error: ${message}${where}${remedy ? `\n  ${remedy}` : ''}`;
}
