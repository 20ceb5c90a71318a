import type { MessagePort } from 'node:worker_threads';
import { StudioError, errorDetails } from '../../../../shared/errors.js';
import type { FromSession, SessionRequest, ToSession } from './messages.js';
import type { SessionKind } from './session.js';

type AnySession = SessionKind<never, never, unknown>;

function sessionNamed(
  kinds: Readonly<Record<string, AnySession>>,
  name: string,
): SessionKind<unknown, unknown, unknown> {
  if (Object.hasOwn(kinds, name)) return kinds[name] as SessionKind<unknown, unknown, unknown>;
  throw new StudioError({ code: 'internal', message: `there is no session called "${name}"` });
}

/** Opens the session that `request` names and answers what comes over `port`, one question after the other. */
export async function serveSession(
  port: MessagePort,
  request: SessionRequest,
  kinds: Readonly<Record<string, AnySession>>,
): Promise<void> {
  const tell = (message: FromSession): void => port.postMessage(message);
  const opened = (async () => await sessionNamed(kinds, request.session).open(request.opening))();
  let before: Promise<void> = Promise.resolve();
  port.on('message', ({ number, question }: ToSession) => {
    before = before.then(async () => {
      try {
        tell({ type: 'answer', number, answer: await (await opened)(question) });
      } catch (error) {
        tell({ type: 'refused', number, error: errorDetails(error) });
      }
    });
  });
  await opened.catch((error: unknown) => {
    tell({ type: 'failed', error: errorDetails(error) });
    port.close();
  });
}
