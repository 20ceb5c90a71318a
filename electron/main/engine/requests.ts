import type { OpenProject } from '../../../shared/api/index.js';
import { StudioError } from '../../../shared/errors.js';
import type { FromEngine, ToEngine } from '../../../shared/shell/engine-messages.js';

type Answer = Extract<FromEngine, { type: 'opened' | 'located' }>;
interface Waiting {
  resolve(answer: Answer): void;
  reject(error: StudioError): void;
}

/** Requests to the engine that wait for their answers. */
export class EngineRequests {
  readonly #waiting = new Map<number, Waiting>();
  readonly #send: (message: ToEngine) => void;
  #last = 0;

  constructor(send: (message: ToEngine) => void) {
    this.#send = send;
  }

  /** Opens a project folder. Throws what the engine says. */
  async open(folder: string): Promise<OpenProject> {
    const answer = await this.#ask((request) => ({ type: 'open', request, folder }));
    return (answer as Extract<Answer, { type: 'opened' }>).project;
  }

  /** The real path of a file of an open project. Throws `path-outside` for every other, `file-missing`. */
  async locate(path: string): Promise<string> {
    const answer = await this.#ask((request) => ({ type: 'locate', request, path }));
    return (answer as Extract<Answer, { type: 'located' }>).path;
  }

  #ask(message: (request: number) => ToEngine): Promise<Answer> {
    const request = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject });
      this.#send(message(request));
    });
  }

  /** Takes an answer to its request. */
  settle(message: Answer | (Extract<FromEngine, { type: 'failed' }> & { request: number })): void {
    const waiting = this.#waiting.get(message.request);
    this.#waiting.delete(message.request);
    if (message.type === 'failed') waiting?.reject(new StudioError(message.error));
    else waiting?.resolve(message);
  }

  /** The engine has died: nothing that waits will be answered. */
  fail(reason: string): void {
    for (const { reject } of this.#waiting.values()) {
      reject(new StudioError({ code: 'interrupted', message: `the engine ended: ${reason}`, remedy: 'Try again.' }));
    }
    this.#waiting.clear();
  }
}
