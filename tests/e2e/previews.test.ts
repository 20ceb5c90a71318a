import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, isPending, urlOf, type RequestOf } from '../../shared/api/index.js';
import { cliBuilt, comask } from '../support/cli.js';
import { folderUntilEnd } from '../support/folder.js';
import { smallProject, smallTraining } from '../support/project.js';
import { startServing, until, type Serving } from '../support/serve.js';

describe.skipIf(!cliBuilt)('previews of a reference set (skipped unless bundled: npm run build)', () => {
  let serving: Serving;
  let projectFolder: string;
  let body: RequestOf<typeof api.previews.map>['body'];
  beforeAll(async () => {
    const project = smallProject(folderUntilEnd(), 12);
    projectFolder = project;
    expect(await comask('train', project, '--run', 'r', ...smallTraining(1))).toMatchObject({ exitCode: 0 });
    serving = await startServing(project);
    const { images } = await serving.client.call(api.images.page, { params: params(), query: { classes: [0] } });
    const [{ id }, ...others] = images;
    const references = others.slice(0, 3).map((image) => image.id);
    body = { run: 'r', imageId: id, classIndex: 0, references, settings: { inputSize: 32 } };
  });
  afterAll(() => serving?.running.kill('SIGKILL'));
  const params = () => ({ project: serving.project });

  it('are computed by weights that stay loaded, and change with the set', async () => {
    const first = await serving.client.call(api.previews.map, { params: params(), body });
    expect(first.references).toEqual(body.references);
    const url = serving.origin + urlOf(api.previews.picture, { params: { ...params(), picture: first.map } });
    const picture = await fetch(url, { headers: { Cookie: serving.cookie } });
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(50);

    const other = { ...body, references: body.references.slice(2) };
    const second = await serving.client.call(api.previews.map, { params: params(), body: other });
    expect(second.map).not.toBe(first.map);
    expect(second.seconds).toBeLessThan(first.seconds);
  });

  it('say where a place attends, and what the pair is parted by', async () => {
    const at = { x: 0.5, y: 0.5 };
    const { attention } = await serving.client.call(api.previews.attention, {
      params: params(),
      body: { ...body, at },
    });
    expect(attention.map(({ id }) => id)).toEqual(body.references);
    const from = body.references[0];
    const back = await serving.client.call(api.previews.attention, { params: params(), body: { ...body, at, from } });
    expect(back.attention.map(({ id }) => id)).toEqual([body.imageId]);
    const parted = await serving.client.call(api.previews.parted, { params: params(), body });
    expect(parted.gate).not.toBe(parted.rest);
  });

  it('say what is wrong, and go on', async () => {
    const none = serving.client.call(api.previews.map, { params: params(), body: { ...body, run: 'none' } });
    await expect(none).rejects.toMatchObject({ code: 'run-missing' });
    const gone = serving.client.call(api.previews.map, { params: params(), body: { ...body, imageId: 'nowhere' } });
    await expect(gone).rejects.toMatchObject({ code: 'set-missing' });
    await expect(serving.client.call(api.previews.map, { params: params(), body })).resolves.toBeDefined();
  });

  it('have candidates to choose from once images are compared', async () => {
    const query = { run: 'r', classIndex: 0, imageId: body.imageId };
    const ask = () => serving.client.call(api.references.candidates, { params: params(), query });
    await expect(ask()).rejects.toMatchObject({ code: 'set-missing' });
    const { id: job } = await serving.client.call(api.jobs.add, {
      params: params(),
      body: { kind: 'describe', run: 'r' },
    });
    const ended = await until(() => serving.client.call(api.jobs.get, { params: { ...params(), job } }), ({ state }) => !isPending(state)); // prettier-ignore
    expect(ended).toMatchObject({ state: 'done', result: { images: 12, kept: 0 } });
    const { candidates, total } = await ask();
    expect(total).toBe(7);
    expect(candidates.map(({ similarity }) => similarity)).toEqual(
      candidates.map(({ similarity }) => similarity).sort((a, b) => b - a),
    );
    const again = await comask('references', 'compare', projectFolder, '--run', 'r', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ images: 0, kept: 12 });
  });
});
