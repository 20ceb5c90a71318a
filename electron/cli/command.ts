import type { Command } from 'commander';
import type { OnProgress } from '../../shared/progress.js';

/** What a command gets to talk to the person with. */
export interface CommandContext {
  /** Aborted by Ctrl-C; a second Ctrl-C ends the process at once. */
  signal: AbortSignal;
  /** Draws a progress line on a terminal (plain lines elsewhere, nothing under --json). */
  onProgress: OnProgress;
  /** A line for a person; left out under --json. */
  say(line: string): void;
  /** A warning for a person, on stderr. */
  warn(line: string): void;
}

/**
 * What a command ends with. `data` is printed by --json, `text` otherwise. Exit code 0, or `exitCode` (1 when
 * something of a batch failed badly enough that the whole did).
 */
export interface CommandResult {
  data: unknown;
  text?: string;
  exitCode?: number;
}

/** One subcommand: a file under commands/ and a line in commands/index.ts. */
export interface CliCommand {
  /**
   * Declares the command with its arguments and options. The action is wrapped in `run`, which prints the result or the
   * error with its remedy and sets the exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted and resumable.
   */
  register(program: Command, run: RunCommand): void;
}

export type RunCommand = <Args extends unknown[]>(
  action: (context: CommandContext, ...args: Args) => Promise<CommandResult> | CommandResult,
) => (...args: Args) => Promise<void>;
