import type { Keys } from './keys.js';

/** Where keys count; a screen's keys go before those of everywhere. */
export const scopes = ['grid', 'cursor', 'image', 'result', 'references', 'runs', 'editor', 'everywhere'] as const;
export type Scope = (typeof scopes)[number];

/** What is known of a command whether or not its screen is there. */
export interface CommandInfo {
  id: string;
  scope: Scope;
  /** Text of what it does, a key of locales/. */
  text: string;
  /** Any of them starts it, unless the person has chosen others. */
  keys: readonly Keys[];
  /** Not offered in the palette: moves by keys. */
  keysOnly?: boolean;
  /** Its keys say which way to go, so that no others can be chosen. */
  fixed?: boolean;
}

/** Something a person can ask for. Keys, palette and the sheet of shortcuts are made from it. */
export interface Command extends CommandInfo {
  /** Whether it makes sense now; left out, always. */
  when?(): boolean;
  run(event?: KeyboardEvent): void;
}

/** Commands of a part of the studio, by their ids: what Settings lists, and what a screen offers while it is there. */
export type CommandTable<Id extends string = string> = Readonly<Record<Id, Omit<CommandInfo, 'id'>>>;

/** What a screen does for a command: a function, or one with the condition under which it makes sense. */
type Deed = Command['run'] | Pick<Command, 'run' | 'when'>;

/** The commands of a table that a screen offers. */
export function offered<Id extends string>(table: CommandTable<Id>, deeds: Partial<Record<Id, Deed>>): Command[] {
  return Object.entries<Deed | undefined>(deeds).flatMap(([id, deed]) =>
    deed ? [{ id, ...table[id as Id], ...(typeof deed === 'function' ? { run: deed } : deed) }] : [],
  );
}
