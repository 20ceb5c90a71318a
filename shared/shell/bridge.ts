import type { Language } from '../locales/index.js';
import type { CommandId } from './commands.js';

/** How light or dark the window is; `system` follows the desktop. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** A chosen menu item, with what it was chosen for. */
export type ShellCommand =
  | { id: CommandId }
  /** A project that the shell has opened, by its key. */
  | { id: 'project.opened'; project: string }
  | { id: 'view.theme'; theme: Theme }
  | { id: 'view.language'; language: Language };

/**
 * What the page gets as `window.comask` in the desktop app, and lacks in a browser: what only a desktop can do. There is
 * no file access, no Node and no token in it.
 */
export interface ShellBridge {
  /** Asks the person for a folder; null where none was chosen. */
  chooseFolder(): Promise<string | null>;
  /** Asks the person for a file, whose path alone comes back; null where none was chosen. */
  chooseFile(): Promise<string | null>;
  /** Shows a file or folder of an open project or its datasets in the file manager; false where it is none of theirs. */
  reveal(path: string): Promise<boolean>;
  /** Tells the menu what the page's own settings have become. */
  appearance(choice: { language?: Language; theme?: Theme }): Promise<void>;
  /** Listens to the menu; returns what ends the listening. */
  onCommand(listener: (command: ShellCommand) => void): () => void;
}

/** Names of the bridge's messages. */
export const channels = {
  chooseFolder: 'comask:choose-folder',
  chooseFile: 'comask:choose-file',
  reveal: 'comask:reveal',
  appearance: 'comask:appearance',
  command: 'comask:command',
} as const;
