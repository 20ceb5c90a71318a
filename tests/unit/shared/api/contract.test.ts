import { describe, expect, it } from 'vitest';
import { api, createClient, urlOf, type Route } from '../../../../shared/api/index.js';
import { StudioError } from '../../../../shared/errors.js';

const routes = Object.entries(api).flatMap(([resource, group]) =>
  Object.entries(group as Record<string, Route>).map(([name, route]) => ({ resource, name, route })),
);

const heading = (resource: string): string => `## ${resource}\n`;

/** docs/api.md: what the engine answers, a line a route. */
function document(): string {
  const resources = [...new Set(routes.map(({ resource }) => resource))];
  const line = ({ method, path, summary, query, body, answer }: Route): string[] => {
    const named = (what: string, shape: object): string => `  ${what}: ${Object.keys(shape).map((key) => `\`${key}\``).join(', ')}`; // prettier-ignore
    const shape = (body as { shape?: object } | undefined)?.shape;
    const kind = typeof answer === 'string' ? ` Answers with ${answer === 'picture' ? 'a picture' : 'events'}.` : '';
    return [
      `- \`${method} ${path}\`: ${summary}.${kind}`,
      ...(query ? [named('query', query.shape)] : []),
      ...(shape && Object.keys(shape).length > 0 ? [named('body', shape)] : []),
    ];
  };
  return `# The engine's answers

What \`comask serve\` answers, under the address that it prints. Parameters, queries, bodies and answers are zod schemas in
\`shared/api/\`, with the client that derives from them (\`createClient\`); this list is made from them
(\`npx vitest run --project unit tests/unit/shared/api -u\`).

Each request carries the token of the start (\`Authorization: Bearer\`) or the cookie that the printed link sets, is for
this machine by its \`Host\`, and comes from the studio's own page by its \`Origin\`. Bodies are JSON. An error is
\`{code, message, remedy, file}\` with the codes of \`shared/errors.ts\`; the status says the same more coarsely. Addresses of
pictures that name the version of their file (\`v\`) may be cached for ever; without it, \`ETag\` saves the bytes.

${resources
  .map((resource) => {
    const own = routes.filter((one) => one.resource === resource);
    return `${heading(resource)}\n${own.flatMap(({ route }) => line(route)).join('\n')}\n`;
  })
  .join('\n')}`;
}

describe('the contract', () => {
  it('is what docs/api.md lists', async () => {
    await expect(document()).toMatchFileSnapshot('../../../../docs/api.md');
  });

  it.each(routes.map((one) => [`${one.resource}.${one.name}`, one.route] as const))(
    '%s names its parameters',
    (_name, route) => {
      const named = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
      expect(Object.keys(route.params?.shape ?? {}).sort()).toEqual(named.sort());
      expect(route.method === 'GET' || route.query === undefined).toBe(true);
    },
  );

  it('has one route for each method and address', () => {
    const addresses = routes.map(({ route }) => `${route.method} ${route.path.replace(/:\w+/g, ':')}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});

describe('the client', () => {
  it('makes addresses', () => {
    const params = { project: 'k', id: 'a b/ü?#%' };
    expect(urlOf(api.images.thumbnail, { params, query: { side: 64, v: undefined } })).toBe(
      '/api/projects/k/images/a%20b%2F%C3%BC%3F%23%25/thumbnail?side=64',
    );
    expect(urlOf(api.images.page, { params, query: { classes: [1, 2], text: 'a&b' } })).toBe(
      '/api/projects/k/images?classes=1&classes=2&text=a%26b',
    );
  });

  it('sends JSON and throws the error that comes back', async () => {
    const sent: unknown[] = [];
    const answers = [{ ok: true, status: 200, body: { done: true } }, { ok: false, status: 409, body: { code: 'busy', message: 'm', remedy: 'r' } }, { ok: false, status: 502, body: 'proxy' }]; // prettier-ignore
    const client = createClient(
      async (url, init) => {
        sent.push([url, init]);
        const { ok, status, body } = answers[sent.length - 1];
        return { ok, status, json: async () => body };
      },
      'http://there',
      { Authorization: 'Bearer t' },
    );
    const act = () => client.call(api.jobs.act, { params: { project: 'k', job: 3 }, body: { action: 'stop' } });
    await act();
    expect(sent).toEqual([
      ['http://there/api/projects/k/jobs/3/actions', { method: 'POST', headers: { Authorization: 'Bearer t', 'content-type': 'application/json' }, body: '{"action":"stop"}' }],
    ]); // prettier-ignore
    await expect(act()).rejects.toEqual(new StudioError({ code: 'busy', message: 'm', remedy: 'r' }));
    await expect(act()).rejects.toMatchObject({ code: 'internal', message: 'the engine answered with status 502' });
  });
});
