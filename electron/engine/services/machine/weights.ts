import type { CatalogueWeights, WeightsDownload } from '../../../../shared/api/index.js';
import { weightCatalogue, type CatalogueEntry } from '../../learn/weights/catalogue/entries.js';
import { catalogueEntry, isFetched, weightsFolder } from '../../learn/weights/catalogue/find.js';
import { getWeights } from '../../learn/weights/catalogue/get.js';
import { Background } from './background.js';
import type { MachineSettingsFile } from './settings.js';

/** Fetches weights of the catalogue beside everything else, one at a time. */
export class WeightsFetcher {
  readonly #settings: MachineSettingsFile;
  readonly #folder: string;
  readonly #catalogue: readonly CatalogueEntry[];
  readonly #work = new Background<{ name: string }>('weights are being downloaded');

  constructor(settings: MachineSettingsFile, folder = weightsFolder(), catalogue = weightCatalogue) {
    [this.#settings, this.#folder, this.#catalogue] = [settings, folder, catalogue];
  }

  /** The download that runs, or the latest that ended. */
  get latest(): WeightsDownload | null {
    return this.#work.latest;
  }

  /** Every entry, and which are there. */
  list(): CatalogueWeights[] {
    return this.#catalogue.map((entry) => ({
      name: entry.name,
      for: entry.for,
      licence: entry.licence,
      host: new URL(entry.files[0].address).host,
      bytes: entry.files.reduce((sum, { bytes }) => sum + bytes, 0),
      fetched: isFetched(entry, this.#folder),
    }));
  }

  /** Begins to fetch what is missing of an entry. Throws `usage` for a name that is none, `busy` where a download runs. */
  start(name: string): WeightsDownload {
    const entry = catalogueEntry(name, this.#catalogue);
    const { downloadBytes } = this.#settings.read();
    return this.#work.start({ name }, (report) =>
      getWeights(entry, this.#folder, { mostBytes: downloadBytes, ...report }),
    );
  }

  /** Stops the download that runs, if any; what has come is kept, and the next goes on from there. */
  cancel(): Promise<void> {
    return this.#work.cancel();
  }
}
