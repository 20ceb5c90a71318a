import { join } from 'node:path';
import type { CacheName, CacheUse } from '../../../../shared/api/index.js';
import type { MachineSettings } from '../../../../shared/machine-settings.js';
import { cacheFolder, thisMachine } from '../../learn/runtime/places.js';
import { Downloads } from '../../learn/weights/catalogue/kept.js';
import { Thumbnails } from '../thumbnails.js';
import { Clicks } from './clicks.js';
import { RuntimeInstaller } from './installer.js';
import { MachineSettingsFile } from './settings.js';
import { WeightsFetcher } from './weights.js';

export interface MachineParts {
  settings: MachineSettingsFile;
  thumbnails: Thumbnails;
  downloads: Downloads;
  installer: RuntimeInstaller;
  weights: WeightsFetcher;
  clicks: Clicks;
}

/** What belongs to the machine and no project: its settings, caches, runtimes and weights. */
export class MachineServices {
  readonly settings: MachineSettingsFile;
  readonly thumbnails: Thumbnails;
  readonly installer: RuntimeInstaller;
  readonly weights: WeightsFetcher;
  readonly clicks: Clicks;
  readonly #downloads: Downloads;

  constructor({ settings, thumbnails, downloads, installer, weights, clicks }: MachineParts) {
    [this.settings, this.thumbnails, this.clicks] = [settings, thumbnails, clicks];
    [this.installer, this.weights] = [installer, weights];
    this.#downloads = downloads;
  }

  /** Changes settings, and brings the caches within their new bounds. Throws `not-writable`, `disk-full`, `busy`. */
  async change(part: Partial<MachineSettings>): Promise<MachineSettings> {
    const settings = this.settings.change(part);
    if (part.thumbnailBytes !== undefined) await this.thumbnails.limit(part.thumbnailBytes);
    if (part.downloadBytes !== undefined) await this.#downloads.trim(part.downloadBytes);
    return settings;
  }

  async caches(): Promise<Record<CacheName, CacheUse>> {
    const [thumbnails, downloads] = await Promise.all([this.thumbnails.use(), this.#downloads.use()]);
    return { thumbnails, downloads };
  }

  /** Empties a cache. Throws `busy` where something is being downloaded. */
  async clear(cache: CacheName): Promise<void> {
    await (cache === 'thumbnails' ? this.thumbnails.clear() : this.#downloads.trim(0));
  }
}

/** Those of this machine. */
export function machineServices(): MachineServices {
  const settings = new MachineSettingsFile();
  return new MachineServices({
    settings,
    thumbnails: new Thumbnails(join(cacheFolder(thisMachine()), 'thumbnails'), settings.read().thumbnailBytes),
    downloads: new Downloads(),
    installer: new RuntimeInstaller(thisMachine()),
    weights: new WeightsFetcher(settings),
    clicks: new Clicks(settings),
  });
}
