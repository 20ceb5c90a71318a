import { fileURLToPath } from 'node:url';
import { openPromise } from 'yauzl';
import { StudioError } from '../../../../shared/errors.js';

/** The build puts it beside the program; build/sample.mjs makes it. */
export const BUNDLED_SAMPLE = fileURLToPath(new URL('./sample.zip', import.meta.url));

/** Unpacked bytes that are read at most: several times what there is. */
const MOST = 32 * 2 ** 20;

function damaged(file: string, reason: string, cause?: unknown): StudioError {
  return new StudioError(
    {
      code: 'file-damaged',
      message: `the archive of the sample project cannot be used: ${reason}`,
      file,
      remedy: 'Type: npm run build, or install Comask Studio anew.',
    },
    { cause },
  );
}

/** The files of the sample's archive by name, in memory. Throws `file-damaged`. */
export async function readSampleArchive(file: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let total = 0;
  try {
    const zip = await openPromise(file, { autoClose: false });
    try {
      for await (const entry of zip.eachEntry()) {
        total += entry.uncompressedSize;
        if (total > MOST) throw new Error(`it unpacks to more than ${MOST} bytes`);
        const chunks: Uint8Array[] = [];
        for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Uint8Array);
        files.set(entry.fileName, Buffer.concat(chunks));
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    throw damaged(file, (error as Error).message, error);
  }
  return files;
}

/** A file of the archive. Throws `file-damaged` where it is not there. */
export function fileOf(files: ReadonlyMap<string, Uint8Array>, name: string, archive: string): Uint8Array {
  const found = files.get(name);
  if (found) return found;
  throw damaged(archive, `it lacks ${name}`);
}
