/** Characters of the longest address that is handed to the system's browser. */
const LONGEST = 2048;

function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** Whether the window may show this address: a place of the studio's own page, and nothing else that the engine sends. */
export function isOwnPage(address: string, origin: string | null): boolean {
  const url = parsed(address);
  return url !== null && url.origin === origin && !/^\/(api|open)(\/|$)/.test(url.pathname);
}

/** Whether an address is of the engine's origin. */
export const isOwnOrigin = (address: string, origin: string | null): boolean =>
  origin !== null && parsed(address)?.origin === origin;

/**
 * Whether the page may load this address: from the engine, out of its own memory, or Electron's developer tools. The rest
 * is stopped in the network layer, whatever the page's own policy says.
 */
export function mayLoad(address: string, origin: string | null, devTools: boolean): boolean {
  const url = parsed(address);
  if (url === null) return false;
  if (url.protocol === 'data:') return true;
  if (url.protocol === 'devtools:') return devTools;
  // The origin of a blob is that of the page that made it.
  return origin !== null && url.origin === origin;
}

/** The host of a link that may be offered to the system's browser, or null where it may not. */
export function outsideHost(address: string): string | null {
  const url = address.length <= LONGEST ? parsed(address) : null;
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  return url.host;
}
