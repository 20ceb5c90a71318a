import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Random bits of every secret: 256. */
const SECRET_BYTES = 32;
/** One-time keys that wait to be used; the oldest goes when another is made. */
const MOST_KEYS = 16;

const secret = (): string => randomBytes(SECRET_BYTES).toString('base64url');
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
/** In a time that tells nothing about where they differ, nor of their lengths. */
const same = (given: string, own: string): boolean => timingSafeEqual(digest(given), digest(own));

/** What proves that a request comes from the person who started the engine. Made at the start, kept nowhere. */
export class Secrets {
  /** For the header `Authorization: Bearer`. */
  readonly token = secret();
  /** For the cookie: browsers show cookies to every port of a host, so that it is not the token. */
  readonly session = secret();
  readonly #keys = new Set<string>();

  isToken(given: string): boolean {
    return same(given, this.token);
  }

  isSession(given: string): boolean {
    return same(given, this.session);
  }

  /** A key that can be traded once for the cookie. */
  newKey(): string {
    const key = secret();
    if (this.#keys.size === MOST_KEYS) for (const oldest of [...this.#keys].slice(0, 1)) this.#keys.delete(oldest);
    this.#keys.add(key);
    return key;
  }

  /** Whether the key is one that has not been used; it is used then. */
  useKey(given: string): boolean {
    for (const key of this.#keys) if (same(given, key)) return this.#keys.delete(key);
    return false;
  }
}
