import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../../shared/errors.js';
import { readLabelMap } from '../../../../../../electron/engine/images/index.js';
import type { DrawnTruth } from '../../../../../../electron/engine/project/formats/index.js';
import { drawTruth } from '../../../../../../electron/engine/project/import/draw-truth.js';
import { projectPaths } from '../../../../../../electron/engine/project/layout.js';
import { temporaryFolder } from '../../../../../support/folder.js';

const size = { width: 3, height: 2 };
const drawing = (draw: DrawnTruth['draw']): DrawnTruth => ({ file: '/photos/labels.json', draw });
const warning = { file: '/photos/labels.json', code: 'file-damaged', reason: 'a shape', action: 'left out' } as const;

describe('drawTruth', () => {
  it("writes a label map in the project's labels and says where", async () => {
    const { truth } = projectPaths(temporaryFolder());
    const drawn = drawing(async ({ width, height }, labelOf) => {
      const data = new Uint8Array(width * height).fill(labelOf('dog'));
      return { map: { width, height, data }, failures: [warning] };
    });
    const { value, failures } = await drawTruth('a/b', drawn, size, { classes: ['cat', 'dog'], truthFile: truth });
    expect(value).toBe('/truth/a/b.png');
    expect(failures).toEqual([{ ...warning, id: 'a/b' }]);
    expect(await readLabelMap(truth('a/b'))).toEqual({ ...size, data: new Uint8Array(6).fill(2) });
  });

  it('goes without where nothing can be drawn, and leaves no file', async () => {
    const root = temporaryFolder();
    const context = { classes: ['cat'], truthFile: projectPaths(root).truth };
    const bad = drawing(async () => {
      throw new StudioError({ code: 'size-mismatch', message: 'too small' });
    });
    const unknown = drawing(async (_, labelOf) => ({ map: { ...size, data: new Uint8Array(labelOf('dog')) }, failures: [] })); // prettier-ignore
    const action = 'imported without ground truth';
    expect(await drawTruth('a', bad, size, context)).toEqual({
      value: null,
      failures: [{ id: 'a', file: '/photos/labels.json', code: 'size-mismatch', reason: 'too small', action }],
    });
    expect((await drawTruth('a', unknown, size, context)).failures[0]).toMatchObject({ code: 'label-unknown', action });
    expect(readdirSync(root)).toEqual([]);
  });

  it('stops where it cannot write', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'project'));
    writeFileSync(join(root, 'project/truth'), 'a file in the way');
    const drawn = drawing(async () => ({ map: { ...size, data: new Uint8Array(6) }, failures: [] }));
    const context = { classes: ['cat'], truthFile: projectPaths(join(root, 'project')).truth };
    await expect(drawTruth('a', drawn, size, context)).rejects.toMatchObject({ code: 'not-writable' });
  });
});
