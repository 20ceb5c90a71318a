import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, thisMachine } from '../learn/runtime/places.js';
import { writeError } from '../project/files.js';

/** Marks what this machine has written, so that it is told from what came with files of strangers. */
export interface Seal {
  of(text: string): string;
  isOn(text: string, seal: string): boolean;
}

const SECRET_BYTES = 32;

/** A seal by a secret (HMAC-SHA256). */
export function sealBy(secret: Uint8Array): Seal {
  const of = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    of,
    isOn(text, seal) {
      const [own, given] = [Buffer.from(of(text)), Buffer.from(seal)];
      return own.length === given.length && timingSafeEqual(own, given);
    },
  };
}

/**
 * The seal of this machine and user. Its secret lies in the cache folder, for nobody else to read, and is made where it
 * is not there; without it, what was sealed before counts as a stranger's. Throws `not-writable`, `disk-full`.
 */
export function machineSeal(file = join(cacheFolder(thisMachine()), 'seal.key')): Seal {
  const read = (): Uint8Array | null => {
    try {
      const secret = readFileSync(file);
      return secret.length === SECRET_BYTES ? secret : null;
    } catch {
      return null;
    }
  };
  const known = read();
  if (known) return sealBy(known);
  const secret = randomBytes(SECRET_BYTES);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, secret, { mode: 0o600 });
  } catch (error) {
    throw writeError(error, file);
  }
  return sealBy(secret);
}
