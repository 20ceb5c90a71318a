import { fork } from 'node:child_process';
import { utilityProcess } from 'electron';
import type { ToEngine } from '../../../shared/shell/engine-messages.js';

/** A process that runs the engine. */
export interface EngineProcess {
  send(message: ToEngine): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, with why it ended for a person. */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}

/** The Node that COMASK_ENGINE_NODE names, with a channel that only parent and child hold. */
function forkNode(program: string, execPath: string): EngineProcess {
  // The arguments of this process are Electron's, and mean nothing to Node.
  const child = fork(program, { execPath, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let reason: string | null = null;
  const listeners: ((reason: string) => void)[] = [];
  const ended = (why: string): void => {
    if (reason !== null) return;
    reason = why;
    for (const listener of listeners) listener(why);
  };
  child.on('error', (error) => child.pid === undefined && ended(error.message));
  child.on('exit', (code, signal) => ended(signal ?? `exit code ${code}`));
  return {
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void listeners.push(listener),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** The Node inside Electron. */
function forkUtility(program: string): EngineProcess {
  const child = utilityProcess.fork(program, [], { serviceName: 'Comask engine', stdio: 'inherit' });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(`exit code ${code}`)),
    kill: () => void child.kill(),
  };
}

/** Starts the engine's program in a process of its own. */
export function launchEngine(program: string, node = process.env.COMASK_ENGINE_NODE): EngineProcess {
  return node ? forkNode(program, node) : forkUtility(program);
}
