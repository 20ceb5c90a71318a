import { join } from 'node:path';
import { expect, it } from 'vitest';
import { api } from '../../../../../../shared/api/index.js';
import { testEngine } from '../../../../../support/engine.js';
import { put } from '../../../../../support/dataset.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { smallProject } from '../../../../../support/project.js';

it('is made and filled by a job, once, and opened when it is there', async () => {
  const folder = temporaryFolder();
  const root = smallProject(folder);
  const { client } = testEngine(root);
  const open = (place: string) => client.call(api.projects.sample, { body: { folder: place } });
  const wanted = join(folder, 'sample');
  const { project, job } = await open(wanted);
  expect(project).toMatchObject({ root: wanted, name: 'Comask Sample' });
  expect(job).toMatchObject({ kind: 'sample', state: 'running' });
  expect((await open(wanted)).job?.id).toBe(job?.id);

  // Left in the middle, it is taken up again.
  await client.call(api.jobs.act, { params: { project: project.key, job: job!.id }, body: { action: 'cancel' } });
  const again = await open(wanted);
  expect(again.job?.id).not.toBe(job?.id);
  await client.call(api.jobs.act, { params: { project: project.key, job: again.job!.id }, body: { action: 'cancel' } });

  put(wanted, 'evaluations/masks-fused-train.json', '{}');
  expect((await open(wanted)).job).toBeNull();
  // Another project is opened and not touched.
  expect(await open(root)).toMatchObject({ project: { root }, job: null });
  await expect(open(folder)).rejects.toMatchObject({ code: 'not-writable' });
});
