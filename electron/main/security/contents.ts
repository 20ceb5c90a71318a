import type { WebContents } from 'electron';
import { isOwnPage, outsideHost } from './navigation.js';

export interface ContentsRules {
  origin(): string | null;
  /** Offers an https address to the person. */
  offerLink(address: string, host: string): void;
}

/** Keeps a window's contents on the studio's own page: no other page, window, frame or webview. */
export function guardContents(contents: WebContents, { origin, offerLink }: ContentsRules): void {
  const stay = (event: { preventDefault(): void }, address: string): void => {
    if (!isOwnPage(address, origin())) event.preventDefault();
  };
  contents.on('will-navigate', (event, address) => stay(event, address));
  contents.on('will-redirect', (event, address) => stay(event, address));
  // Electron 22 has no such event; there the frame-src of the engine's policy and the session's rule keep frames out.
  contents.on('will-frame-navigate', (event) => stay(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const host = outsideHost(url);
    if (host !== null) offerLink(url, host);
    return { action: 'deny' };
  });
}
