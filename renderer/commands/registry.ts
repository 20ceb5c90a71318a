import { shallowReactive, shallowRef } from 'vue';
import { scopes, type Command, type CommandInfo } from './command.js';
import { effectiveKeys, type KeyMap, type Surroundings } from './keymap.js';
import { keysOf, type Keys } from './keys.js';

export { scopes, type Command, type Scope } from './command.js';

/** The commands of the screens that are shown. */
export class CommandRegistry {
  readonly #commands = shallowReactive(new Map<string, Command>());
  readonly #seen = shallowReactive(new Map<string, CommandInfo>());
  readonly #map = shallowRef<KeyMap>({});
  readonly #surroundings = shallowRef<Surroundings>({ menu: {}, lost: new Set() });

  /** Returns what takes them away again. Throws where a key already does something else in the same scope. */
  add(commands: readonly Command[]): () => void {
    for (const command of commands) {
      for (const keys of command.keys) {
        const other = this.all().find(({ scope, keys: theirs }) => scope === command.scope && theirs.includes(keys));
        if (other && other.id !== command.id) throw new Error(`${keys} is both ${other.id} and ${command.id}`);
      }
      this.#commands.set(command.id, command);
      this.#seen.set(command.id, command);
    }
    return () => commands.forEach((command) => {
      if (this.#commands.get(command.id) === command) this.#commands.delete(command.id);
    }); // prettier-ignore
  }

  /** In the order of the scopes. */
  all(): Command[] {
    return [...this.#commands.values()].sort((a, b) => scopes.indexOf(a.scope) - scopes.indexOf(b.scope));
  }

  /** Those that make sense now. */
  available(): Command[] {
    return this.all().filter(({ when }) => when?.() ?? true);
  }

  /** Every command that some screen has offered since the page was loaded. */
  seen(): CommandInfo[] {
    return [...this.#seen.values()];
  }

  /** Puts the keys that a person has chosen in place of the commands' own. */
  remap(map: KeyMap): void {
    this.#map.value = map;
  }

  /** Says what the desktop or the browser does with keys. */
  settle(surroundings: Surroundings): void {
    this.#surroundings.value = surroundings;
  }

  get surroundings(): Surroundings {
    return this.#surroundings.value;
  }

  /** The keys that start a command now. */
  keysOf(command: Pick<CommandInfo, 'id' | 'keys'>): Keys[] {
    return effectiveKeys(command, this.#map.value, this.#surroundings.value);
  }

  /** Runs a command by its id. Returns whether it is offered and makes sense now. */
  run(id: string): boolean {
    const command = this.available().find((one) => one.id === id);
    command?.run();
    return command !== undefined;
  }

  /** Runs what the pressed key stands for. Returns whether there was anything. */
  press(event: KeyboardEvent): boolean {
    const keys = keysOf(event);
    const command = this.available().find((one) => this.keysOf(one).includes(keys));
    command?.run(event);
    return command !== undefined;
  }
}

/** The one registry of the page. */
export const commands = new CommandRegistry();
