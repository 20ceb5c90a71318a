import type { MaskWork, WorkKind } from './mask-work.js';

let worker: Worker | undefined;
let asked = 0;
const waiting = new Map<number, { resolve(answer: never): void; reject(reason: unknown): void }>();

/** One worker for the page, begun when it is first needed. */
function theWorker(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL('./mask-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data: { id, answer } }: MessageEvent<{ id: number; answer: never }>) => {
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  });
  worker.addEventListener('error', (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message));
    waiting.clear();
    worker = undefined;
  });
  return worker;
}

/** Has something done beside the page. Rejects where the worker dies, e.g. for want of memory. */
export function askWorker<Kind extends WorkKind>(
  kind: Kind,
  request: MaskWork[Kind]['request'],
): Promise<MaskWork[Kind]['answer']> {
  // prettier-ignore
  return new Promise((resolve, reject) => {
    const id = asked++;
    waiting.set(id, { resolve, reject });
    theWorker().postMessage({ id, kind, request });
  });
}
