import { scopes, type CommandInfo, type CommandTable } from './command.js';
import { commands } from './registry.js';

const tables = import.meta.glob<Record<string, CommandTable>>('./tables/*.ts', { eager: true });

/** The commands of all tables, in their order. */
export const tabled: readonly CommandInfo[] = Object.values(tables)
  .flatMap((file) => Object.values(file))
  .flatMap((table) => Object.entries(table).map(([id, info]) => ({ id, ...info })));

/** Every command of the studio: those of the tables, and those that a screen has offered without one. In the order of scopes. */
export function knownCommands(): CommandInfo[] {
  const others = commands.seen().filter(({ id }) => tabled.every((one) => one.id !== id));
  return [...tabled, ...others].sort((a, b) => scopes.indexOf(a.scope) - scopes.indexOf(b.scope));
}

/** A command by its id, or undefined where there is none. */
export const knownCommand = (id: string): CommandInfo | undefined => knownCommands().find((one) => one.id === id);
