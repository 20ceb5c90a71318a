import type { EnginePlace } from '../engine/supervisor.js';
import { isOwnOrigin } from './navigation.js';

type Headers = Record<string, string>;

/** A request as Electron's network layer shows it. */
export interface OutgoingRequest {
  url: string;
  /** Which window sends it; undefined for a worker of one. */
  webContentsId?: number;
  requestHeaders: Headers;
}

/**
 * The headers to send: with the engine's token for requests of the studio's window to the engine's origin. What the page
 * itself wrote there never gets through, and no other request gets the token.
 */
export function withToken(request: OutgoingRequest, place: EnginePlace | null, ownContents: number | null): Headers {
  const headers = Object.fromEntries(
    Object.entries(request.requestHeaders).filter(([name]) => name.toLowerCase() !== 'authorization'),
  );
  const own = request.webContentsId === undefined || request.webContentsId === ownContents;
  if (!place || !own || !isOwnOrigin(request.url, place.origin)) return headers;
  return { ...headers, Authorization: `Bearer ${place.token}` };
}
