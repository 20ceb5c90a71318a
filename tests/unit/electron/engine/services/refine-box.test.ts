import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { api } from '../../../../../shared/api/index.js';
import { fromBase64, toBase64 } from '../../../../../shared/base64.js';
import { packRuns, unpackRuns } from '../../../../../shared/label-map/runs.js';
import { testEngine } from '../../../../support/engine.js';
import { temporaryFolder } from '../../../../support/folder.js';
import { smallProject } from '../../../../support/project.js';

const SIDE = 40;

/** An engine on a photo whose left half is red and whose right half is blue. */
function engineOnHalves() {
  const folder = temporaryFolder();
  const root = smallProject(folder, 1);
  const data = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => Number((Math.floor(i / 3) % SIDE < 20 ? 0 : 2) === i % 3) * 220); // prettier-ignore
  writeFileSync(join(folder, 'photos/p000.png'), encode({ width: SIDE, height: SIDE, data, channels: 3, depth: 8 }));
  const engine = testEngine(root);
  return (box: { left: number; top: number; width: number; height: number }, labels: Uint8Array) =>
    engine.client.call(api.masks.refine, {
      params: { project: engine.project, id: 'p000' },
      body: { ...box, labels: toBase64(packRuns(labels)) },
    });
}

describe('a box of a mask', () => {
  it('is fitted to the edges that the photo has there; what is ignored stays', async () => {
    const refine = engineOnHalves();
    const box = { left: 5, top: 10, width: 30, height: 20 };
    // The class ends three pixels beyond the edge, which is at column 15 of the box.
    const drawn = Uint8Array.from({ length: 600 }, (_, i) => (i < 30 ? 255 : i % 30 < 18 ? 1 : 0));
    const { labels } = await refine(box, drawn);
    const wanted = Uint8Array.from({ length: 600 }, (_, i) => (i < 30 ? 255 : i % 30 < 15 ? 1 : 0));
    expect(unpackRuns(fromBase64(labels), 600)).toEqual(wanted);
  });

  it('must be inside the photo, and small', async () => {
    const refine = engineOnHalves();
    const outside = refine({ left: 30, top: 0, width: 20, height: 1 }, new Uint8Array(20));
    await expect(outside).rejects.toMatchObject({ code: 'size-mismatch' });
    const large = refine({ left: 0, top: 0, width: 3000, height: 3000 }, new Uint8Array(9));
    await expect(large).rejects.toMatchObject({ code: 'file-too-large' });
  });
});
