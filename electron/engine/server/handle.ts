import type { Context, Hono } from 'hono';
import type { z } from 'zod';
import type { AnswerOf, ParsedOf, Route } from '../../../shared/api/index.js';
import { StudioError } from '../../../shared/errors.js';

type Reply<R extends Route> = R['answer'] extends z.ZodType ? AnswerOf<R> : Response;

/** Throws `usage` naming the first field that is wrong. */
function parsed(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = [part, ...issue.path.map(String)].join('.');
  throw new StudioError({
    code: 'usage',
    message: `${field}: ${issue.message}`,
    remedy: 'See docs/api.md and shared/api.',
  });
}

/** Values of the query, a list where there are several of one name. */
function queryOf(c: Context): Record<string, string | string[]> {
  const entries = Object.entries(c.req.queries());
  return Object.fromEntries(entries.map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

/** The body as JSON. A form, which any page may send, is none. */
async function bodyOf(c: Context): Promise<unknown> {
  const type = c.req.header('content-type') ?? '';
  try {
    if (/^application\/json\s*(;|$)/i.test(type)) return await c.req.json();
  } catch {
    // Said below.
  }
  throw new StudioError({
    code: 'usage',
    message: 'the body of the request is no JSON',
    remedy: 'Send JSON, with the content type application/json.',
  });
}

/**
 * Answers a route of the contract: the request is checked before the handler sees it, and the answer before it leaves, so
 * that nothing that the contract does not name gets out.
 */
export function handle<R extends Route>(
  app: Hono,
  route: R,
  handler: (request: ParsedOf<R>, c: Context) => Reply<R> | Promise<Reply<R>>,
): void {
  app.on(route.method, route.path, async (c) => {
    const request = {
      params: parsed(route.params, c.req.param(), 'params'),
      query: parsed(route.query, queryOf(c), 'query'),
      body: route.body && parsed(route.body, await bodyOf(c), 'body'),
    } as ParsedOf<R>;
    const reply = await handler(request, c);
    return reply instanceof Response ? reply : c.json((route.answer as z.ZodType).parse(reply) as object);
  });
}
