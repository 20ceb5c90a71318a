import { join } from 'node:path';
import type { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import type { RunPlan } from '../../electron/engine/jobs/queue/queue.js';
import { Secrets } from '../../electron/engine/server/access/secrets.js';
import { createApp } from '../../electron/engine/server/app.js';
import { Workspace } from '../../electron/engine/server/workspace.js';
import type { MachineParts } from '../../electron/engine/services/machine/machine.js';
import { createClient, type Client, type Fetch } from '../../shared/api/index.js';
import { StudioError } from '../../shared/errors.js';
import { temporaryFolder } from './folder.js';
import { emptyMachine } from './machine.js';
import { testSeal } from './queue.js';

export const HOST = '127.0.0.1:4321';
export const ORIGIN = `http://${HOST}`;

export interface TestEngine {
  app: Hono;
  secrets: Secrets;
  workspace: Workspace;
  /** Key of the project. */
  project: string;
  /** Asks with the token, as the desktop does. */
  client: Client;
  /** Sends a request as it is; Host is the engine's own unless given. */
  raw(path: string, init?: RequestInit): Promise<Response>;
  /** The same with the token. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  unforeseen: unknown[];
}

/** Jobs that do nothing until they are aborted. */
const idle: RunPlan = (_kind, _plan, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new StudioError({ code: 'interrupted', message: 'stopped' })));
  });

interface TestEngineOptions {
  run?: RunPlan;
  page?: string;
  /** In place of those of an empty machine. */
  machine?: Partial<MachineParts>;
}

/** An engine on a project, without a port. */
export function testEngine(folder: string, options: TestEngineOptions = {}): TestEngine {
  const { run = idle, page = join(temporaryFolder(), 'none'), machine = {} } = options;
  const secrets = new Secrets();
  const workspace = new Workspace(run, testSeal);
  onTestFinished(() => workspace.close());
  const unforeseen: unknown[] = [];
  const app = createApp({
    access: { secrets, port: () => Number(HOST.split(':')[1]) },
    workspace,
    machine: emptyMachine(temporaryFolder(), machine),
    page,
    onUnforeseen: (error) => unforeseen.push(error),
  });
  const raw = async (path: string, init: RequestInit = {}): Promise<Response> =>
    app.request(ORIGIN + path, { ...init, headers: { Host: HOST, ...(init.headers as Record<string, string>) } });
  const token = { Authorization: `Bearer ${secrets.token}` };
  const send: Fetch = (url, init) => raw(url, { ...init, headers: { ...init.headers, ...token } });
  const { key } = workspace.open(folder);
  return {
    app,
    secrets,
    workspace,
    project: key,
    client: createClient(send),
    raw,
    get: (path, headers = {}) => raw(path, { headers: { ...token, ...headers } }),
    unforeseen,
  };
}
