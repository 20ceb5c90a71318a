import { StudioError } from '../errors.js';
import { errorSchema } from './common.js';
import type { AnswerOf, RequestOf, Route } from './route.js';

/** What the client sends by; the `fetch` of a browser or of Node. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string },
) => Promise<{ ok: boolean; status: number; json(): Promise<unknown> }>;

interface Parts {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** The address of a request, e.g. of a picture: parameters percent-encoded, what is undefined in the query left out. */
export function urlOf<R extends Route>(route: R, request: Omit<RequestOf<R>, 'body'>): string {
  const { params = {}, query = {} } = request as Parts;
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const pairs = Object.entries(query).flatMap(([key, value]) => {
    const values = Array.isArray(value) ? (value as unknown[]) : [value];
    return values
      .filter((one) => one !== undefined)
      .map((one) => `${encodeURIComponent(key)}=${encodeURIComponent(String(one))}`);
  });
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}

export interface Client {
  /** Asks and returns the answer. Throws what the engine says went wrong as a StudioError, `engine-unreachable` where it says nothing. */
  call<R extends Route>(route: R, request: RequestOf<R>): Promise<AnswerOf<R>>;
}

const unreachable = (cause: unknown): StudioError =>
  new StudioError(
    {
      code: 'engine-unreachable',
      message: 'the engine of the studio does not answer; it may be starting again',
      remedy: 'Wait a moment. If it does not come back, start Comask Studio again.',
    },
    { cause },
  );

/**
 * A client of the engine.
 *
 * @param base origin of the engine; empty for a page that came from it
 * @param headers sent with every request: the token, where no cookie has it
 */
export function createClient(send: Fetch, base = '', headers: Readonly<Record<string, string>> = {}): Client {
  return {
    async call(route, request) {
      const { body } = request as Parts;
      const asked = send(base + urlOf(route, request), {
        method: route.method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const response = await asked.catch((reason: unknown) => {
        throw unreachable(reason);
      });
      // An answer without an end comes from an engine that has ended.
      const answer = await response.json().catch((reason: unknown) => {
        if (response.ok) throw unreachable(reason);
      });
      if (response.ok) return answer as AnswerOf<typeof route>;
      const error = errorSchema.safeParse(answer);
      const message = `the engine answered with status ${response.status}`;
      throw new StudioError(error.success ? error.data : { code: 'internal', message });
    },
  };
}
