import { BrowserWindow, nativeTheme, screen, type Session } from 'electron';
import { placeWindow, SMALLEST, type WindowPlace } from './place.js';

/** Colours of the page's ground, shown until it is drawn. */
const GROUND = { dark: '#1e1e1e', light: '#f5f5f5' } as const;

export interface WindowOptions {
  /** Where it was. */
  saved: WindowPlace | null;
  session: Session;
  preload: string;
  icon: string;
  devTools: boolean;
}

/** Every protection is named, whatever Electron's defaults are. */
const webPreferences = ({ session, preload, devTools }: WindowOptions): Electron.WebPreferences => ({
  session,
  preload,
  devTools,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // Its dictionaries would be fetched from elsewhere.
  spellcheck: false,
});

/** The studio's window, shown as soon as its page is drawn. */
export function createWindow(options: WindowOptions): BrowserWindow {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  const { maximized, ...place } = placeWindow(options.saved, [main, ...others].map(({ workArea }) => workArea)); // prettier-ignore
  const window = new BrowserWindow({
    ...place,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Comask Studio',
    // A Mac takes the app's.
    icon: options.icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: webPreferences(options),
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  return window;
}

/** Where the window is when it is neither maximized nor full-screen, and whether it is. */
export const placeOf = (window: BrowserWindow): WindowPlace => ({
  ...window.getNormalBounds(),
  maximized: window.isMaximized(),
});
