import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClickQuestion } from '../../../../../../electron/engine/jobs/session/kinds/clicks.js';
import { openProject, type Project } from '../../../../../../electron/engine/project/project.js';
import {
  Clicks,
  type ClickSession,
  type OpenClicks,
} from '../../../../../../electron/engine/services/machine/clicks.js';
import { MachineSettingsFile } from '../../../../../../electron/engine/services/machine/settings.js';
import { StudioError } from '../../../../../../shared/errors.js';
import { packRuns } from '../../../../../../shared/label-map/runs.js';
import { temporaryFolder } from '../../../../../support/folder.js';
import { smallProject } from '../../../../../support/project.js';

/** A thread that answers when it is let. */
class Fake {
  readonly asked: { files: string; question: ClickQuestion }[] = [];
  opened = 0;
  closed = 0;
  gate: Promise<unknown> = Promise.resolve();
  refuses: StudioError | null = null;
  open: OpenClicks = ({ encoder }) => {
    this.opened++;
    return {
      over: false,
      ask: async (question) => {
        this.asked.push({ files: encoder, question });
        await this.gate;
        if (this.refuses) throw this.refuses;
        if (question.ask === 'check') return { ask: 'check', family: 'sam', side: 64 };
        return { ask: 'mask', labels: packRuns(new Uint8Array(question.width * question.height).fill(1)), score: 0.5 };
      },
      close: async () => void this.closed++,
    } satisfies ClickSession;
  };
}

const model = (name: string) => ({ name, encoder: `/models/${name}/e.onnx`, decoder: `/models/${name}/d.onnx` });
const point = { x: 1, y: 2, positive: true };

describe('models for clicks', () => {
  let clicks: Clicks;
  let project: Project | undefined;
  afterEach(async () => {
    await clicks.close();
    project?.close();
    project = undefined;
  });
  const machine = (fake: Fake, home = temporaryFolder()): Clicks =>
    (clicks = new Clicks(new MachineSettingsFile(join(home, 'settings.json')), fake.open));

  it('are kept by name once they were tried, over a restart, and forgotten', async () => {
    const [home, fake] = [temporaryFolder(), new Fake()];
    machine(fake, home);
    expect(await clicks.add(model('b'))).toEqual({ ...model('b'), family: 'sam', side: 64 });
    await clicks.add(model('a'));
    await clicks.add({ ...model('b'), encoder: '/other.onnx' });
    expect(machine(new Fake(), home).models()).toEqual([model('a'), { ...model('b'), encoder: '/other.onnx' }]);
    clicks.remove('a');
    expect(clicks.models().map(({ name }) => name)).toEqual(['b']);
    expect(() => clicks.remove('a')).toThrow(expect.objectContaining({ code: 'set-missing' }));
  });

  it('are not kept where the files do not fit, or the path is not whole', async () => {
    const [home, fake] = [temporaryFolder(), new Fake()];
    machine(fake, home);
    fake.refuses = new StudioError({ code: 'weights-mismatch', message: 'no' });
    await expect(clicks.add(model('a'))).rejects.toMatchObject({ code: 'weights-mismatch' });
    await expect(clicks.add({ ...model('a'), decoder: 'd.onnx' })).rejects.toMatchObject({ code: 'usage' });
    expect([clicks.models(), existsSync(join(home, 'settings.json'))]).toEqual([[], false]);
  });

  it('answer with masks of the image; of clicks that wait only the newest count', async () => {
    const fake = new Fake();
    machine(fake);
    project = openProject(smallProject(temporaryFolder(), 2, () => 'train'));
    const [image] = project.store.images();
    await expect(clicks.mask(project, image, { model: 'a', points: [point] })).rejects.toMatchObject({
      code: 'set-missing',
    });
    await clicks.add(model('a'));
    let open = (): void => undefined;
    fake.gate = new Promise<void>((resolve) => (open = resolve));
    const ask = (count: number) => clicks.mask(project!, image, { model: 'a', points: new Array(count).fill(point) });
    const first = ask(1);
    await expect.poll(() => fake.asked.at(-1)?.question.ask).toBe('mask');
    const [second, third] = [ask(2), ask(3)].map((one) => one.catch((error: StudioError) => error));
    open();
    expect(await second).toMatchObject({ code: 'interrupted' });
    expect(await third).toMatchObject({ width: image.width, height: image.height, score: 0.5 });
    expect(await first).toMatchObject({ score: 0.5 });
    const counts = fake.asked.flatMap(({ question }) => (question.ask === 'mask' ? [question.points.length] : []));
    expect(counts).toEqual([1, 3]);
  });

  it('share a thread, which another model takes the place of', async () => {
    const fake = new Fake();
    machine(fake);
    await clicks.add(model('a'));
    await clicks.add(model('a'));
    expect([fake.opened, fake.closed]).toEqual([1, 0]);
    await clicks.add(model('b'));
    expect([fake.opened, fake.closed]).toEqual([2, 1]);
  });
});
