import { doWork, type MaskWork, type WorkKind } from './mask-work.js';

/** The worker's side: answers each message in turn. */
addEventListener('message', ({ data }: MessageEvent<{ id: number; kind: WorkKind; request: never }>) => {
  const answer: MaskWork[WorkKind]['answer'] = doWork(data.kind, data.request);
  postMessage({ id: data.id, answer });
});
