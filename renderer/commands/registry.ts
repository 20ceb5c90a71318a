import { shallowReactive } from 'vue';
import { keysOf, type Keys } from './keys.js';

/** Where keys count; a screen's keys go before those of everywhere. */
export const scopes = ['grid', 'image', 'references', 'editor', 'everywhere'] as const;
export type Scope = (typeof scopes)[number];

/** Something a person can ask for. Keys, palette and the sheet of shortcuts are made from it. */
export interface Command {
  id: string;
  scope: Scope;
  /** Text of what it does, a key of locales/. */
  text: string;
  /** Any of them starts it. */
  keys: readonly Keys[];
  /** Whether it makes sense now; left out, always. */
  when?(): boolean;
  /** Not offered in the palette: moves by keys. */
  keysOnly?: boolean;
  run(event?: KeyboardEvent): void;
}

/** The commands of the screens that are shown. */
export class CommandRegistry {
  readonly #commands = shallowReactive(new Map<string, Command>());

  /** Returns what takes them away again. Throws where a key already does something else in the same scope. */
  add(commands: readonly Command[]): () => void {
    for (const command of commands) {
      for (const keys of command.keys) {
        const other = this.all().find(({ scope, keys: theirs }) => scope === command.scope && theirs.includes(keys));
        if (other && other.id !== command.id) throw new Error(`${keys} is both ${other.id} and ${command.id}`);
      }
      this.#commands.set(command.id, command);
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

  /** Runs what the pressed key stands for. Returns whether there was anything. */
  press(event: KeyboardEvent): boolean {
    const keys = keysOf(event);
    const command = this.available().find((one) => one.keys.includes(keys));
    command?.run(event);
    return command !== undefined;
  }
}

/** The one registry of the page. */
export const commands = new CommandRegistry();
