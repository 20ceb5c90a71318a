import { errorDetails, StudioError } from '../../../../shared/errors.js';
import type { ToEngine } from '../../../../shared/shell/engine-messages.js';
import { startEngine, type Engine } from '../start.js';
import { shownProject } from '../workspace.js';
import { locate } from './locate.js';
import type { Parent } from './parent.js';
import { report } from './report.js';

export interface DesktopEngine {
  /** Pauses jobs and ends the process. */
  close(): void;
}

/** The engine at the port of its predecessor, or at any where another program has that one now. */
async function startAt(port: number, onUnforeseen: (error: unknown) => void): Promise<Engine> {
  try {
    return await startEngine({ port, onUnforeseen });
  } catch (error) {
    if (port === 0 || !(error instanceof StudioError)) throw error;
    return startEngine({ port: 0, onUnforeseen });
  }
}

/**
 * Serves the desktop app: starts when it is told to, opens projects, says where it is and what its jobs do.
 *
 * @param end ends the process with an exit code
 */
export function serveDesktop(
  parent: Parent,
  end: (code: number) => void,
  onUnforeseen: (error: unknown) => void,
): DesktopEngine {
  let starting: Promise<Engine> | null = null;
  let ending = false;
  const fail = (error: unknown, request: number | null): void =>
    parent.send({ type: 'failed', request, error: errorDetails(error) });

  async function start({ port, projects }: Extract<ToEngine, { type: 'start' }>): Promise<void> {
    starting = startAt(port, onUnforeseen);
    const { workspace, origin, token } = await starting;
    workspace.onOpen((served) => report(served, parent.send));
    for (const folder of projects) {
      try {
        workspace.open(folder);
      } catch (error) {
        fail(error, null);
      }
    }
    parent.send({ type: 'ready', origin, token });
  }

  async function close(): Promise<void> {
    if (ending) return;
    ending = true;
    await (await starting)?.close();
    end(0);
  }

  async function answer(message: Extract<ToEngine, { request: number }>): Promise<void> {
    const { request } = message;
    try {
      if (starting === null) throw new StudioError({ code: 'usage', message: 'the engine was not started' });
      const { workspace } = await starting;
      if (message.type === 'open') {
        parent.send({ type: 'opened', request, project: shownProject(workspace.open(message.folder)) });
      } else parent.send({ type: 'located', request, path: locate(message.path, workspace.folders()) });
    } catch (error) {
      fail(error, request);
    }
  }

  const giveUp = (error: unknown): void => {
    fail(error, null);
    onUnforeseen(error);
    end(1);
  };
  const ended = (): void => void close().catch(giveUp);
  parent.onGone(ended);
  parent.listen((message) => {
    if (message.type === 'start') start(message).catch(giveUp);
    else if (message.type === 'close') ended();
    else void answer(message);
  });
  return { close: ended };
}
