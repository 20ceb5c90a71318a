import { expect, it } from 'vitest';
import { EventHub, PendingEvents } from '../../../../../electron/engine/server/event-hub.js';
import type { EngineEvent } from '../../../../../shared/api/index.js';

const job = (id: number, state: string): EngineEvent => ({ type: 'job', job: { id, state } as never });

it('tells who listens, until they stop', () => {
  const hub = new EventHub();
  const heard: EngineEvent[] = [];
  const stop = hub.listen((event) => heard.push(event));
  hub.publish(job(1, 'queued'));
  stop();
  hub.publish(job(1, 'running'));
  expect(heard).toEqual([job(1, 'queued')]);
});

it('keeps for a slow reader the latest of each thing', () => {
  const pending = new PendingEvents();
  for (let i = 0; i < 1000; i++) pending.add(job(i % 2, `at ${i}`));
  pending.add({ type: 'changed', topics: ['sets', 'images'] });
  pending.add({ type: 'job-removed', id: 0 });
  pending.add({ type: 'changed', topics: ['sets'] });
  expect(pending.take()).toEqual([
    job(1, 'at 999'),
    { type: 'changed', topics: ['images'] },
    { type: 'job-removed', id: 0 },
    { type: 'changed', topics: ['sets'] },
  ]);
  expect(pending.take()).toEqual([]);
});
