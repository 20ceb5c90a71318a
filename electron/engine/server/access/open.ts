import type { Handler } from 'hono';
import { setCookie } from 'hono/cookie';
import { deniedPage, enterPage } from '../plain-pages.js';
import { cookieName, isTrusted, type Access } from './guard.js';

/** Path of the one-time link. */
export const OPEN = '/open';

/**
 * Trades the key of a one-time link for the cookie. The answer is a page that goes on to the studio by itself: after a
 * redirect a browser would still count the place of the link as where the request comes from, and keep the cookie back.
 */
export function openLink(access: Access): Handler {
  return (c) => {
    const key = c.req.query('key') ?? '';
    if (!access.secrets.useKey(key) && !isTrusted(c, access)) return c.html(deniedPage, 401);
    setCookie(c, cookieName(access.port()), access.secrets.session, { httpOnly: true, sameSite: 'Strict', path: '/' });
    return c.html(enterPage);
  };
}
