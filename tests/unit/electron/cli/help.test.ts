import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../../electron/cli/commands/index.js';

/** Every command and subcommand, with its name as typed. */
function allCommands(): [string, Command][] {
  const program = new Command('comask');
  for (const command of commands) command.register(program, () => async () => undefined);
  const under = (parent: Command, prefix: string): [string, Command][] =>
    parent.commands.flatMap((command) => {
      const name = `${prefix}${command.name()}`;
      return [[name, command] as [string, Command], ...under(command, `${name} `)];
    });
  return under(program, '');
}

describe.each(allCommands())('the help of comask %s', (name, command) => {
  it('shows how it is used and says what it does', () => {
    expect(command.helpInformation()).toContain(`Usage: comask ${name}`);
    expect(command.summary() || command.description(), 'a summary').not.toBe('');
  });

  it('explains every option and argument', () => {
    for (const option of command.options) expect(option.description, option.flags).not.toBe('');
    for (const argument of command.registeredArguments) expect(argument.description, argument.name()).not.toBe('');
  });
});
