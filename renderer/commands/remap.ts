import type { CommandInfo } from './command.js';
import type { KeyMap } from './keymap.js';
import type { Keys } from './keys.js';

type Command = Pick<CommandInfo, 'id' | 'keys'>;

/** The keys of a command that a person may change: chosen ones, or its own. */
export const ownKeys = ({ id, keys }: Command, map: KeyMap): readonly Keys[] => map[id] ?? keys;

/** Whether a person has changed the keys of a command. */
export const isRemapped = ({ id }: Command, map: KeyMap): boolean => Object.hasOwn(map, id);

/** The map with these keys for a command; where they are its own, nothing is kept. */
export function withKeys(map: KeyMap, { id, keys: own }: Command, keys: readonly Keys[]): KeyMap {
  const { [id]: _, ...others } = map;
  const chosen = [...new Set(keys)];
  const same = chosen.length === own.length && chosen.every((one) => own.includes(one));
  return same ? others : { ...others, [id]: chosen };
}

/** The map with a key added to a command, or put in place of another of its keys. */
export function withKey(map: KeyMap, command: Command, key: Keys, replaced?: Keys): KeyMap {
  const keys = ownKeys(command, map);
  return withKeys(map, command, replaced === undefined ? [...keys, key] : keys.map((one) => (one === replaced ? key : one))); // prettier-ignore
}

export const withoutKey = (map: KeyMap, command: Command, key: Keys): KeyMap =>
  withKeys(map, command, ownKeys(command, map).filter((one) => one !== key)); // prettier-ignore
