import { StudioError } from '../../../../shared/errors.js';
import { toEngineSchema, type FromEngine, type ToEngine } from '../../../../shared/shell/engine-messages.js';

/** The shell, as the engine sees it. */
export interface Parent {
  send(message: FromEngine): void;
  listen(onMessage: (message: ToEngine) => void): void;
  /** Called when the shell is gone. */
  onGone(listener: () => void): void;
}

/** What Electron puts into a utility process in place of Node's own channel. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/**
 * The channel to the shell: Electron's in a utility process, Node's in a process that was forked.
 * Throws `usage` where the program was started by hand.
 */
export function connectParent(): Parent {
  const { parentPort } = process as { parentPort?: ParentPort };
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      listen: (onMessage) => parentPort.on('message', ({ data }) => onMessage(toEngineSchema.parse(data))),
      // Electron ends its utility processes itself.
      onGone: () => undefined,
    };
  }
  if (!process.send) {
    throw new StudioError({
      code: 'usage',
      message: 'the engine is started by the desktop app',
      remedy: 'Open the studio in a browser (comask serve PROJECT).',
    });
  }
  return {
    // A shell that is gone hears nothing; onGone tells.
    send: (message) => void (process.connected && process.send?.(message, () => undefined)),
    listen: (onMessage) => void process.on('message', (message) => onMessage(toEngineSchema.parse(message))),
    onGone: (listener) => void process.on('disconnect', listener),
  };
}
