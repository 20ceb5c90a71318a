import { loadavg } from 'node:os';
import { api, isPending, type Job } from '../../../shared/api/index.js';
import { until, type Serving } from '../../support/serve.js';
import { median, plain, type Row } from './row.js';

/** Milliseconds that requests are counted for at a time. */
const COUNTED = 4000;
/** Such times of either kind; they take turns, so that other programs slow both alike. */
const TURNS = 3;
/** Requests on the way at a time, as a browser has. */
const AT_A_TIME = 6;
/** Least share of the rate without a training. */
const GOAL = 0.8;

interface Image {
  id: string;
  version: string;
}

/** Pages of images, each with the thumbnails of its first photos, at places that were not asked for before. */
class Browsing {
  #place = 0;
  constructor(
    private readonly address: string,
    private readonly headers: Record<string, string>,
    private readonly total: number,
  ) {}

  async #get(path: string): Promise<Response> {
    const answer = await fetch(this.address + path, { headers: this.headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
  }

  /** A screen as it is scrolled to; returns how many requests that was. */
  async #screen(): Promise<number> {
    const offset = (this.#place += 100) % this.total;
    const { images } = (await (await this.#get(`/images?limit=100&offset=${offset}`)).json()) as { images: Image[] };
    const seen = images.slice(0, 20);
    for (const { id, version } of seen) await (await this.#get(`/images/${encodeURIComponent(id)}/thumbnail?side=256&v=${version}`)).arrayBuffer(); // prettier-ignore
    return 1 + seen.length;
  }

  /** Requests a second. */
  async rate(): Promise<number> {
    const from = performance.now();
    let requests = 0;
    const one = async (): Promise<void> => {
      while (performance.now() - from < COUNTED) requests += await this.#screen();
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, one));
    return (1000 * requests) / (performance.now() - from);
  }
}

/** How fast images and thumbnails are answered while a training has the processor, against the same without one. */
export async function benchTraining({ origin, cookie, project, client }: Serving, total: number): Promise<Row[]> {
  const what = 'requests a second while a training runs';
  const browsing = new Browsing(`${origin}/api/projects/${project}`, { Cookie: cookie }, total);
  const params = { project };
  const stateOf = (job: number): Promise<Job> => client.call(api.jobs.get, { params: { project, job } });
  // What is read from disk for the first time is no part of it.
  await browsing.rate();
  const [idle, busy]: number[][] = [[], []];
  for (let turn = 0; turn < TURNS; turn++) {
    idle.push(await browsing.rate());
    const settings = { backbone: 'tiny', epochs: 1 };
    const { id } = await client.call(api.jobs.add, { params, body: { kind: 'train', run: 'bench', mode: 'overwrite', settings } }); // prettier-ignore
    const begun = await until(
      () => stateOf(id),
      ({ state, progress }) => progress !== null || !isPending(state),
    );
    if (begun.error) return [plain(what, `not measured: ${begun.error.message}`)];
    busy.push(await browsing.rate());
    await client.call(api.jobs.act, { params: { project, job: id }, body: { action: 'cancel' } });
    await until(
      () => stateOf(id),
      ({ state }) => !isPending(state),
    );
  }
  const share = median(busy) / median(idle);
  const measured = `${median(busy).toFixed(0)} of ${median(idle).toFixed(0)}: ${(100 * share).toFixed(0)} %`;
  return [{ what, measured, goal: `>= ${100 * GOAL} %`, met: share >= GOAL, load: loadavg()[0] }];
}
