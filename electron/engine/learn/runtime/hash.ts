import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** A digest of a file as lower-case hex, read in pieces. Throws the file system's error. */
export async function fileDigest(algorithm: 'sha256' | 'md5', path: string): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** SHA-256 of a file as lower-case hex, read in pieces. Throws the file system's error. */
export const fileSha256 = (path: string): Promise<string> => fileDigest('sha256', path);
