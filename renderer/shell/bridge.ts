import type { ShellBridge } from '../../shared/shell/bridge.js';

declare global {
  interface Window {
    comask?: ShellBridge;
  }
}

/** The desktop around this page, or null in a browser, which has none. */
export const shellBridge = (): ShellBridge | null => window.comask ?? null;
