import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import { StudioError } from '../../../shared/errors.js';
import { isOwnOrigin } from './navigation.js';

/** Whether a message comes from the studio's page itself: its main frame, at the engine's origin. */
export function isOwnSender(
  { sender, senderFrame }: IpcMainInvokeEvent,
  contents: number | null,
  origin: string | null,
): boolean {
  return (
    senderFrame !== null &&
    sender.id === contents &&
    senderFrame === sender.mainFrame &&
    isOwnOrigin(senderFrame.url, origin)
  );
}

/** Whom the handlers of the bridge listen to. */
export interface Sender {
  contents(): number | null;
  origin(): string | null;
}

/** Makes handlers of the bridge: each refuses other senders, and arguments that its schema does not take. */
export function bridgeHandlers({ contents, origin }: Sender) {
  return <Schema extends z.ZodType>(
    channel: string,
    schema: Schema,
    handle: (value: z.output<Schema>) => unknown,
  ): void => {
    ipcMain.handle(channel, (event, value: unknown) => {
      if (!isOwnSender(event, contents(), origin())) {
        throw new StudioError({ code: 'access-denied', message: 'only the window of the studio may ask for this' });
      }
      return handle(schema.parse(value));
    });
  };
}
