import type { CommandInfo, Scope } from './command.js';
import type { Keys } from './keys.js';

/** Keys that a person has put in place of a command's own, by the command's id. */
export type KeyMap = Readonly<Record<string, readonly Keys[]>>;

/** What the surroundings of the page do with keys. */
export interface Surroundings {
  /** Keys by which the desktop's menu starts commands of the page, by the command's id: no choice takes them away. */
  menu: Readonly<Record<string, Keys>>;
  /** Keys that never reach the page, or mean something else there. */
  lost: ReadonlySet<Keys>;
}

/** The keys that start a command: the menu's first, then the person's, or its own. */
export function effectiveKeys(
  { id, keys }: Pick<CommandInfo, 'id' | 'keys'>,
  map: KeyMap,
  { menu, lost }: Surroundings,
): Keys[] {
  // prettier-ignore
  const own = (map[id] ?? keys).filter((one) => !lost.has(one));
  return [...new Set(Object.hasOwn(menu, id) ? [menu[id], ...own] : own)];
}

/** Whether two scopes are ever listened to at once. */
const meet = (one: Scope, other: Scope): boolean => one === other || [one, other].includes('everywhere');

/** The command that has a key already where `command` would listen to it, or null. */
export function holderOf<Info extends CommandInfo>(
  keys: Keys,
  command: CommandInfo,
  all: readonly Info[],
  keysOf: (other: Info) => readonly Keys[],
): Info | null {
  const holds = (other: Info): boolean =>
    other.id !== command.id && meet(other.scope, command.scope) && keysOf(other).includes(keys);
  return all.find(holds) ?? null;
}
