import { Worker } from 'node:worker_threads';
import { StudioError } from '../../../../shared/errors.js';
import { prepareEnvironment } from '../../learn/runtime/environment.js';
import { BUNDLED_WORKER } from '../runTask.js';
import { workerDied } from '../worker-died.js';
import type { SessionKinds, SessionName } from './kinds/index.js';
import type { FromSession, SessionRequest, ToSession } from './messages.js';
import type { AnswerOf, OpeningOf, QuestionOf } from './session.js';

/** A session in a worker thread. */
export interface Session<Question, Answer> {
  /** Rejects with what the session says against the question, or why there is no session any more. */
  ask(question: Question): Promise<Answer>;
  /** Ends the thread; questions that wait are refused as `interrupted`. */
  close(): Promise<void>;
  /** Whether it has ended, by itself or closed. */
  readonly over: boolean;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** Opens a session in a worker thread of its own. What goes wrong in opening it is said to whoever asks. */
export function openSession<Name extends SessionName>(
  session: Name,
  opening: OpeningOf<SessionKinds[Name]>,
  { workerFile = BUNDLED_WORKER }: { workerFile?: URL } = {},
): Session<QuestionOf<SessionKinds[Name]>, AnswerOf<SessionKinds[Name]>> {
  // The native library reads the process's own environment: a worker's is a copy that it never sees.
  prepareEnvironment();
  const worker = new Worker(workerFile, { workerData: { session, opening } satisfies SessionRequest });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let ended: unknown = null;
  const end = (error: unknown): void => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('message', (message: FromSession) => {
    if (message.type === 'failed') return end(new StudioError(message.error));
    const one = waiting.get(message.number);
    waiting.delete(message.number);
    if (message.type === 'answer') one?.resolve(message.answer);
    else one?.reject(new StudioError(message.error));
  });
  worker.on('error', (error) => end(workerDied(error.message, error)));
  worker.on('exit', (code) => end(workerDied(`exit code ${code}`)));
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended as Error);
        const number = ++asked;
        waiting.set(number, { resolve: resolve as Waiting['resolve'], reject });
        worker.postMessage({ number, question } satisfies ToSession);
      }),
    async close() {
      end(new StudioError({ code: 'interrupted', message: 'the session was closed' }));
      await worker.terminate();
    },
    get over() {
      return ended !== null;
    },
  };
}
