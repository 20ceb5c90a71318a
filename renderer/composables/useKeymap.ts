import { computed } from 'vue';
import { scopes, type CommandInfo } from '../commands/command.js';
import { holderOf } from '../commands/keymap.js';
import type { Keys } from '../commands/keys.js';
import { knownCommands } from '../commands/known.js';
import { commands } from '../commands/registry.js';
import { isRemapped, ownKeys, withKey, withoutKey } from '../commands/remap.js';
import { usePreferences } from '../stores/preferences.js';

/** What stands against a key for a command. */
export type Objection =
  /** It never reaches the page. */
  | { kind: 'lost' }
  /** The desktop's menu starts another command by it. */
  | { kind: 'menu'; holder: CommandInfo }
  /** Another command has it, and may lose it. */
  | { kind: 'held'; holder: CommandInfo };

/** The keys of all commands, and how a person changes them. Everything is kept at once. */
export function useKeymap() {
  const preferences = usePreferences();
  const all = computed(knownCommands);
  const groups = computed(() =>
    scopes.map((scope) => ({ scope, commands: all.value.filter((one) => one.scope === scope) })),
  );

  /** The command's key that the desktop's menu takes, if any. */
  const menuKey = ({ id }: CommandInfo): Keys | undefined => commands.surroundings.menu[id];
  /** The keys that can be changed, but those that do not reach the page here. */
  const keysOf = (command: CommandInfo): Keys[] =>
    ownKeys(command, preferences.keys).filter(
      (one) => one !== menuKey(command) && !commands.surroundings.lost.has(one),
    );

  function objection(keys: Keys, command: CommandInfo): Objection | null {
    if (commands.surroundings.lost.has(keys)) return { kind: 'lost' };
    const holder = holderOf(keys, command, all.value, (other) => commands.keysOf(other));
    if (!holder) return null;
    return { kind: menuKey(holder) === keys || holder.fixed ? 'menu' : 'held', holder };
  }

  /** Gives a command a key, in place of another where one is named. Who has it loses it. */
  function give(command: CommandInfo, keys: Keys, replaced?: Keys): void {
    const against = objection(keys, command);
    const freed = against?.kind === 'held' ? withoutKey(preferences.keys, against.holder, keys) : preferences.keys;
    preferences.keys = withKey(freed, command, keys, replaced);
  }
  function take(command: CommandInfo, keys: Keys): void {
    preferences.keys = withoutKey(preferences.keys, command, keys);
  }
  function restore(command: CommandInfo): void {
    const { [command.id]: _, ...others } = preferences.keys;
    preferences.keys = others;
  }

  return {
    groups,
    menuKey,
    keysOf,
    objection,
    give,
    take,
    restore,
    restoreAll: () => void (preferences.keys = {}),
    changed: (command: CommandInfo) => isRemapped(command, preferences.keys),
    anyChanged: computed(() => Object.keys(preferences.keys).length > 0),
  };
}
