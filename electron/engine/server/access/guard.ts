import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { StudioError } from '../../../../shared/errors.js';
import { deniedPage } from '../plain-pages.js';
import type { Secrets } from './secrets.js';

/** Who may ask: the secrets, and the port that the engine listens at. */
export interface Access {
  secrets: Secrets;
  port(): number;
}

/** Browsers keep the cookies of all ports of a host together. */
export const cookieName = (port: number): string => `comask-${port}`;

const denied = (message: string): StudioError =>
  new StudioError({ code: 'access-denied', message, remedy: 'Open the studio by the link that it has printed.' });

const reads = (method: string): boolean => method === 'GET' || method === 'HEAD';

/**
 * Refuses requests under another name than this machine's own: a page of a foreign site whose name was made to point here
 * (DNS rebinding) is of the same origin for its browser, and only the Host header tells.
 */
export function ownHost({ port }: Access): MiddlewareHandler {
  return async (c, next) => {
    const own = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port()}`);
    if (!own.includes(c.req.header('host')?.toLowerCase() ?? '')) throw denied('the request is for another host');
    await next();
  };
}

/**
 * Refuses what a page of another origin sends: by the browser's own word about it, and by the Origin of everything that
 * is no mere reading. A client that is no browser sends neither and has the token in its header.
 */
export function ownOrigin(): MiddlewareHandler {
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw denied('the request comes from another site'); // prettier-ignore
    const origin = c.req.header('origin');
    const own = `http://${c.req.header('host')}`;
    if (!reads(c.req.method) && origin === undefined && c.req.header('authorization') === undefined) {
      throw denied('the request does not say where it comes from');
    }
    if (origin !== undefined && origin.toLowerCase() !== own.toLowerCase()) throw denied('the request comes from another site'); // prettier-ignore
    await next();
  };
}

/** Whether the request carries the token or the cookie. A wrong token is not made good by a cookie. */
export function isTrusted(c: Context, { secrets, port }: Access): boolean {
  const header = c.req.header('authorization');
  if (header !== undefined) return header.startsWith('Bearer ') && secrets.isToken(header.slice('Bearer '.length));
  const cookie = getCookie(c, cookieName(port()));
  return cookie !== undefined && secrets.isSession(cookie);
}

/** Refuses requests without the token or the cookie. */
export function withToken(access: Access): MiddlewareHandler {
  return async (c, next) => {
    if (isTrusted(c, access)) return next();
    if (c.req.header('accept')?.includes('text/html')) return c.html(deniedPage, 401);
    const { message, remedy } = denied(
      'the request has no valid key: the studio may have been started anew since this page was opened',
    );
    return c.json({ code: 'access-denied', message, remedy }, 401, { 'WWW-Authenticate': 'Bearer' });
  };
}
