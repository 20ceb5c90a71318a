import { shell } from 'electron';
import { z } from 'zod';
import { StudioError } from '../../shared/errors.js';
import { languages } from '../../shared/locales/index.js';
import { channels, themes } from '../../shared/shell/bridge.js';
import type { Dialogs } from './dialogs.js';
import { bridgeHandlers, type Sender } from './security/ipc.js';

/** Characters of the longest path that is looked at. */
const LONGEST_PATH = 4096;

const appearanceSchema = z.object({ language: z.enum(languages).optional(), theme: z.enum(themes).optional() });
/** What the page has chosen. */
export type Appearance = z.infer<typeof appearanceSchema>;

export interface BridgeParts {
  sender: Sender;
  dialogs: Dialogs;
  /** The real path of a file of an open project; throws for every other. */
  locate(path: string): Promise<string>;
  onAppearance(choice: Appearance): void;
}

/** Answers the page: all that it can ask of the shell. */
export function serveBridge({ sender, dialogs, locate, onAppearance }: BridgeParts): void {
  const handle = bridgeHandlers(sender);
  handle(channels.chooseFolder, z.undefined(), () => dialogs.chooseFolder('folder.title'));
  handle(channels.chooseFile, z.undefined(), () => dialogs.chooseFile());
  handle(channels.reveal, z.string().max(LONGEST_PATH), async (path) => {
    try {
      shell.showItemInFolder(await locate(path));
      return true;
    } catch (error) {
      if (error instanceof StudioError) return false;
      throw error;
    }
  });
  handle(channels.appearance, appearanceSchema, onAppearance);
}
