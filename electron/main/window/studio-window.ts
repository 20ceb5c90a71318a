import { shell, type BrowserWindow } from 'electron';
import { channels, type ShellCommand } from '../../../shared/shell/bridge.js';
import type { Dialogs } from '../dialogs.js';
import { guardContents } from '../security/contents.js';
import type { WindowPlace } from './place.js';
import { createWindow, placeOf, type WindowOptions } from './window.js';

export interface StudioWindowOptions extends Omit<WindowOptions, 'saved'> {
  origin(): string | null;
  saved(): WindowPlace | null;
  dialogs: Dialogs;
  onPlace(place: WindowPlace): void;
  /** The person closes it. It stays until `close` is called. */
  onClose(): void;
}

/** The one window, with what happens to its page. It may be absent while jobs go on in the background. */
export class StudioWindow {
  readonly #options: StudioWindowOptions;
  #window: BrowserWindow | null = null;

  constructor(options: StudioWindowOptions) {
    this.#options = options;
  }

  get browserWindow(): BrowserWindow | null {
    return this.#window;
  }

  get contentsId(): number | null {
    return this.#window?.webContents.id ?? null;
  }

  /** Opens the window with the studio's page, or brings it to the front. */
  show(): void {
    if (this.#window) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.show();
      this.#window.focus();
    } else if (this.#options.origin() !== null) {
      this.#window = this.#create();
      this.load();
    }
  }

  /** Loads the page from where the engine is now. */
  load(): void {
    const origin = this.#options.origin();
    // What goes wrong here is tried again when the engine is ready.
    if (origin !== null) void this.#window?.loadURL(`${origin}/`).catch(() => undefined);
  }

  /** Whether the page that is shown, or failed to load, is of another address than the engine's. */
  isElsewhere(): boolean {
    const shown = this.#window?.webContents.getURL() ?? '';
    return !shown.startsWith(`${this.#options.origin()}/`);
  }

  send(command: ShellCommand): void {
    this.#window?.webContents.send(channels.command, command);
  }

  close(): void {
    if (this.#window) this.#options.onPlace(placeOf(this.#window));
    this.#window?.destroy();
    this.#window = null;
  }

  #create(): BrowserWindow {
    const { saved, dialogs, origin, onClose, ...options } = this.#options;
    const window = createWindow({ ...options, saved: saved() });
    guardContents(window.webContents, {
      origin,
      offerLink: (address, host) =>
        void dialogs.askLink(host, address).then((open) => (open ? shell.openExternal(address) : undefined)),
    });
    window.on('close', (event) => {
      event.preventDefault();
      onClose();
    });
    const reloadIf = async (ask: Promise<boolean>): Promise<void> => {
      if ((await ask) && this.#window === window) this.load();
    };
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') void reloadIf(dialogs.askReload('page.crashed'));
    });
    window.on('unresponsive', () => void reloadIf(dialogs.askReload('page.hangs')));
    return window;
  }
}
