import { clicksSession } from './clicks.js';
import { previewSession } from './preview.js';

/** Every kind of session by its name. */
export const sessionKinds = { preview: previewSession, clicks: clicksSession } as const;

export type SessionKinds = typeof sessionKinds;
export type SessionName = keyof SessionKinds;
