import type { EngineEvent } from '../../../shared/api/index.js';

/** Tells everyone who listens what happens in a project. */
export class EventHub {
  readonly #listeners = new Set<(event: EngineEvent) => void>();

  publish(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Returns what ends the listening. */
  listen(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/**
 * Events that wait to be sent: of a job only the latest, of changed parts each once. So a reader that is slow gets less,
 * and costs no memory.
 */
export class PendingEvents {
  readonly #events = new Map<string, EngineEvent>();

  add(event: EngineEvent): void {
    if (event.type === 'changed') {
      for (const topic of event.topics) this.#put(`topic ${topic}`, { type: 'changed', topics: [topic] });
    } else this.#put(`job ${event.type === 'job' ? event.job.id : event.id}`, event);
  }

  #put(key: string, event: EngineEvent): void {
    this.#events.delete(key);
    this.#events.set(key, event);
  }

  /** All of them, in the order of their latest change; none are left. */
  take(): EngineEvent[] {
    const events = [...this.#events.values()];
    this.#events.clear();
    return events;
  }
}
