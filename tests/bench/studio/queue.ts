import { openProject } from '../../../electron/engine/project/project.js';
import { api } from '../../../shared/api/index.js';
import { withEngine } from './engine.js';
import { below, quantile, type Row } from './row.js';

const SET = 'bench';
/** Images of which all terms are written at once. */
const BATCH = 2000;
/** Images that are gone through as a person does who accepts one after another. */
const WALK = 50;

/** Gives images of a project places in the review queue, as ordering a mask set does. */
function rankAll(root: string, count: number): void {
  const project = openProject(root);
  const ids = [...project.store.iterateImages()].map(({ id }) => id);
  for (let from = 0; from < count; from += BATCH) {
    const rows = ids.slice(from, from + BATCH).map((id, i) => {
      // Any order that is not that of the ids.
      const benefit = ((from + i) * 0.618_034) % 1;
      return { id, values: { benefit, disagreement: benefit, doubt: 1 - benefit, rarity: 0.5, risk: null } };
    });
    project.store.scores.put(SET, rows);
  }
  project.close();
}

/** Times where the review queue says an image stands, and which is next, on the way through it. */
export async function benchQueue(root: string, count: number): Promise<Row[]> {
  rankAll(root, count);
  return await withEngine(root, async ({ client, project }) => {
    const params = { project, set: SET };
    const [next, place]: [number[], number[]] = [[], []];
    let id: string | undefined;
    for (let i = 0; i < WALK; i++) {
      const from = performance.now();
      const { found } = await client.call(api.queue.next, { params, query: { id } });
      next.push(performance.now() - from);
      if (!found) throw new Error('the review queue is empty');
      ({ id } = found);
      const before = performance.now();
      const at = await client.call(api.queue.place, { params, query: { id } });
      place.push(performance.now() - before);
      if (at.place !== i || at.total !== count)
        throw new Error(`image ${i} of the queue is said to be ${at.place} of ${at.total}`);
    }
    const row = (what: string, times: readonly number[]): Row => below(what, quantile(times, 0.95), 200, 'ms', ', 95th percentile'); // prettier-ignore
    return [row('review queue: the next image', next), row('review queue: the place of an image', place)];
  });
}
