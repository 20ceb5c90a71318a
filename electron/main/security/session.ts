import type { Session } from 'electron';
import type { EnginePlace } from '../engine/supervisor.js';
import { mayLoad } from './navigation.js';
import { withToken } from './token-header.js';

export interface SessionRules {
  place(): EnginePlace | null;
  /** Id of the window's contents. */
  contents(): number | null;
  devTools: boolean;
}

/** Lets a session talk to the engine alone, with the token, and denies every permission and download. */
export function guardSession(session: Session, { place, contents, devTools }: SessionRules): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !mayLoad(url, place()?.origin ?? null, devTools) }),
  );
  session.webRequest.onBeforeSendHeaders((request, answer) =>
    answer({ requestHeaders: withToken(request, place(), contents()) }),
  );
}
