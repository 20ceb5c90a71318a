import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { StudioError } from '../../../shared/errors.js';
import { runTask } from '../jobs/runTask.js';
import { machineSeal } from '../services/machine-seal.js';
import { machineServices } from '../services/machine/machine.js';
import { BUNDLED_SAMPLE } from '../services/sample/archive.js';
import { OPEN } from './access/open.js';
import { Secrets } from './access/secrets.js';
import { createApp } from './app.js';
import { usualPort } from './port.js';
import { Workspace } from './workspace.js';

/** Only this machine may connect; from elsewhere it takes a tunnel. */
const HOST = '127.0.0.1';
/** The build puts the window's page beside the program. */
const BUNDLED_PAGE = fileURLToPath(new URL('./renderer/', import.meta.url));

export interface EngineOptions {
  /** 0 for any that is free; without one that of the project, where it is free. */
  port?: number;
  /** Project to open at once, if any. */
  project?: string;
  onUnforeseen?(error: unknown): void;
}

/** A running engine. */
export interface Engine {
  origin: string;
  /** For the shell, which adds it to the requests of its window. */
  token: string;
  workspace: Workspace;
  /** A new link that opens the studio in a browser, once. */
  link(): string;
  /** Pauses jobs, ends connections, closes the projects. */
  close(): Promise<void>;
}

/** Listens at this port, or without one at that of the project, or where another has that at any that is free. */
async function listenAt(server: Server, port: number | undefined, project: string | undefined): Promise<number> {
  if (port !== undefined) return listen(server, port);
  return listen(server, usualPort(project)).catch(() => listen(server, 0));
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const message = taken ? `port ${port} is in use` : `cannot listen at port ${port}: ${error.message}`;
      const remedy = 'Choose another port, or none for one that is free (--port).';
      reject(new StudioError({ code: taken ? 'busy' : 'usage', message, remedy }, { cause: error }));
    });
    server.listen(port, HOST, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/**
 * Starts the engine, on a project where one is named. Throws what opening the project throws, `busy` where another engine serves it or the
 * port is in use.
 */
export async function startEngine({ port, project, onUnforeseen }: EngineOptions): Promise<Engine> {
  const secrets = new Secrets();
  const workspace = new Workspace(
    (task, { inputs, settings }, signal, onProgress) =>
      runTask(task, inputs as never, settings as never, { signal, onProgress, background: true }),
    machineSeal(),
  );
  const machine = machineServices();
  let own = 0;
  const app = createApp({
    access: { secrets, port: () => own },
    workspace,
    machine,
    page: BUNDLED_PAGE,
    sample: BUNDLED_SAMPLE,
    onUnforeseen,
  });
  const server = createAdaptorServer({ fetch: app.fetch, hostname: HOST }) as Server;
  own = await listenAt(server, port, project);
  const end = (): void => {
    server.close();
    server.closeAllConnections();
  };
  try {
    if (project !== undefined) workspace.open(project);
  } catch (error) {
    end();
    throw error;
  }
  const origin = `http://${HOST}:${own}`;
  return {
    origin,
    token: secrets.token,
    workspace,
    link: () => `${origin}${OPEN}?key=${secrets.newKey()}`,
    async close() {
      end();
      await Promise.all([
        workspace.close(),
        machine.installer.cancel(),
        machine.weights.cancel(),
        machine.clicks.close(),
      ]);
    },
  };
}
