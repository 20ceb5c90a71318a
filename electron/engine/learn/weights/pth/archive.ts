import { fromFdPromise, type Entry } from 'yauzl';
import { readPickle } from '../../../data/pickle/index.js';
import type { OpenFile } from '../files.js';
import { numberTypes } from '../numberTypes.js';
import { torchPickle } from './references.js';
import { MAX_PICKLE_BYTES, type SavedObject } from './saved.js';

/** Two entries a tensor at most, and a few beside. */
const MAX_ENTRIES = 200_000;
const STORED = 0;
const PICKLE = 'data.pkl';

/** Where the bytes of an entry lie in the file. */
interface Place {
  start: number;
  length: number;
}

/** The entries of a zip by name. Its directory is read once and checked; nothing is unpacked. */
async function readDirectory({ descriptor, refuse }: OpenFile): Promise<(name: string) => Promise<Place | null>> {
  // Not closed: the descriptor is not this library's.
  const zip = await fromFdPromise(descriptor, { autoClose: false });
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.size === MAX_ENTRIES) throw refuse('it holds too many entries');
    entries.set(entry.fileName, entry);
  }
  // PyTorch puts everything into one folder, whose name is of no meaning.
  const [pickle, ...others] = [...entries.keys()].filter((name) => /^(?:[^/]+\/)?data\.pkl$/.test(name));
  if (!pickle || others.length > 0) throw refuse(`it has not one ${PICKLE}`);
  const folder = pickle.slice(0, -PICKLE.length);
  return async (name) => {
    const entry = entries.get(folder + name);
    if (!entry) return null;
    // PyTorch compresses nothing, so there is nothing to unpack, and no bomb to go off.
    if (entry.compressionMethod !== STORED || entry.compressedSize !== entry.uncompressedSize || entry.isEncrypted()) {
      throw refuse(`its entry ${name} is compressed or encrypted, which PyTorch does not do`);
    }
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return { start: fileDataStart, length: entry.uncompressedSize };
  };
}

/** Opens a file of `torch.save` since PyTorch 1.6: a zip with a pickle and one entry a storage. */
export async function openArchive(file: OpenFile): Promise<SavedObject> {
  const { path, read, refuse } = file;
  const find = await readDirectory(file).catch((error: Error) => {
    throw refuse(error.message, error);
  });
  const place = async (name: string): Promise<Place> => {
    const found = await find(name).catch((error: Error) => {
      throw refuse(error.message, error);
    });
    if (found) return found;
    throw refuse(`it has no entry ${name}`);
  };
  const order = await find('byteorder');
  if (order && Buffer.from(await read(order.start, Math.min(order.length, 8))).toString() !== 'little') {
    throw refuse('its numbers are big-endian');
  }
  const { start, length } = await place(PICKLE);
  if (length > MAX_PICKLE_BYTES) throw refuse(`its ${PICKLE} is larger than ${MAX_PICKLE_BYTES} bytes`);
  return {
    value: readPickle(await read(start, length), { ...torchPickle, file: path }).value,
    async locate({ key, type, start: from, numbers }) {
      const stored = await place(`data/${key}`);
      const { bytes } = numberTypes[type];
      if ((from + numbers) * bytes > stored.length) throw refuse(`its storage ${key} is shorter than it should be`);
      return stored.start + from * bytes;
    },
  };
}
