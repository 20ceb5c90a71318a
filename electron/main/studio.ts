import { app, Menu, nativeTheme, session } from 'electron';
import type { OpenProject } from '../../shared/api/index.js';
import { nearestLanguage, shellTexts, type ShellTexts } from '../../shared/locales/shell.js';
import type { Language } from '../../shared/locales/index.js';
import { serveBridge, type Appearance } from './bridge.js';
import { Dialogs } from './dialogs.js';
import { launchEngine } from './engine/process.js';
import { EngineSupervisor, type EngineNews, type EnginePlace } from './engine/supervisor.js';
import { JobBoard, taskbarProgress } from './jobs/board.js';
import { notifyEnd, Wakefulness } from './jobs/signs.js';
import { menuTemplate } from './menu/template.js';
import { onChoice, onJobs, onLeave, type QuitState, type QuitStep } from './quit.js';
import { guardSession } from './security/session.js';
import { withRecent, type StateFile } from './state.js';
import { StudioWindow } from './window/studio-window.js';

export interface StudioParts {
  stateFile: StateFile;
  /** Bundled programs. */
  programs: { engine: string; preload: string };
  /** Picture of the window in task bars. */
  icon: string;
  /** Whether the page's developer tools can be opened. */
  devTools: boolean;
}

/** The desktop app: one window on one engine. */
export class Studio {
  readonly #file: StateFile;
  readonly #engine: EngineSupervisor;
  readonly #window: StudioWindow;
  readonly #dialogs: Dialogs;
  readonly #board = new JobBoard();
  readonly #wakefulness = new Wakefulness();
  readonly #devTools: boolean;
  #place: EnginePlace | null = null;
  #quit: QuitState = 'open';
  #asking = false;

  constructor({ stateFile, programs, icon, devTools }: StudioParts) {
    this.#file = stateFile;
    this.#devTools = devTools;
    this.#dialogs = new Dialogs(() => this.#texts, () => this.#window.browserWindow); // prettier-ignore
    this.#engine = new EngineSupervisor({
      launch: () => launchEngine(programs.engine),
      port: stateFile.state.port,
      onReady: (place, again) => this.#onReady(place, again),
      onNews: (news) => this.#onNews(news),
      onDeath: (reason, willRestart) => this.#onDeath(reason, willRestart),
      onProblem: (error) => void this.#dialogs.tellError(error),
    });
    const place = (): EnginePlace | null => this.#place;
    const origin = (): string | null => this.#place?.origin ?? null;
    const contents = (): number | null => this.#window.contentsId;
    const ownSession = session.fromPartition('persist:studio');
    this.#window = new StudioWindow({
      session: ownSession,
      preload: programs.preload,
      icon,
      devTools,
      origin,
      dialogs: this.#dialogs,
      saved: () => stateFile.state.window,
      onPlace: (window) => stateFile.change({ window }),
      onClose: () => void this.leave(),
    });
    guardSession(ownSession, { place, contents, devTools });
    serveBridge({
      sender: { contents, origin },
      dialogs: this.#dialogs,
      locate: (path) => this.#engine.requests.locate(path),
      onAppearance: (choice) => this.#onAppearance(choice),
    });
    nativeTheme.themeSource = stateFile.state.theme;
    this.#drawMenu();
  }

  get #language(): Language {
    return this.#file.state.language ?? nearestLanguage(app.getLocale());
  }

  get #texts(): ShellTexts {
    return shellTexts(this.#language);
  }

  /** Starts the engine, with a project where one is named; the window opens when it answers. */
  start(project: string | null): void {
    this.#engine.start(project === null ? [] : [project]);
  }

  /** Brings the window back. */
  show(): void {
    if (this.#quit === 'ending') return;
    this.#quit = 'open';
    this.#window.show();
  }

  /** Opens a project folder, and says why where it cannot be. */
  async open(folder: string): Promise<void> {
    try {
      const project = await this.#engine.requests.open(folder);
      this.#remember(project);
      this.#window.send({ id: 'project.opened', project: project.key });
    } catch (error) {
      await this.#dialogs.tellError(error);
    }
  }

  /** The window is closed or the app is to quit: at once, or after asking what is to become of the jobs. */
  async leave(): Promise<void> {
    if (this.#asking) return;
    const active = this.#board.active();
    const step = onLeave(this.#quit, active.length);
    if (step !== 'ask') return this.#do(step);
    this.#asking = true;
    const choice = await this.#dialogs.askQuit(active);
    this.#asking = false;
    await this.#do(onChoice(choice));
  }

  /** Pauses the jobs and quits without asking: the system is going down. */
  async end(): Promise<void> {
    if (this.#quit === 'ending') return;
    this.#quit = 'ending';
    this.#window.close();
    await this.#engine.stop();
    app.exit(0);
  }

  async #do(step: QuitStep): Promise<void> {
    if (step === 'end') return this.end();
    if (step !== 'hide') return;
    this.#quit = 'background';
    this.#window.close();
    // The jobs may have ended while the person was asked.
    await this.#do(onJobs(this.#quit, this.#board.active().length));
  }

  #onReady(place: EnginePlace, again: boolean): void {
    this.#place = place;
    this.#file.change({ port: Number(new URL(place.origin).port) });
    if (this.#quit === 'open' && !this.#window.browserWindow) this.#window.show();
    else if (this.#window.isElsewhere()) this.#window.load();
    if (again && this.#window.browserWindow) void this.#dialogs.tellRestarted();
  }

  #onNews(news: EngineNews): void {
    if (news.type === 'project') return this.#remember(news.project);
    const ended = this.#board.take(news);
    const window = this.#window.browserWindow;
    if (ended && !window?.isFocused()) notifyEnd(ended, this.#texts, () => this.show());
    this.#showJobs();
    void this.#do(onJobs(this.#quit, this.#board.active().length));
  }

  #onDeath(reason: string, willRestart: boolean): void {
    this.#board.clear();
    this.#showJobs();
    if (willRestart) return;
    void this.#dialogs.askRestart(reason).then((again) => (again ? this.#engine.start() : app.exit(1)));
  }

  #showJobs(): void {
    this.#window.browserWindow?.setProgressBar(taskbarProgress(this.#board.all()));
    this.#wakefulness.set(this.#board.isWorking());
  }

  #remember({ root }: OpenProject): void {
    this.#file.change({ recent: withRecent(this.#file.state.recent, root) });
    app.addRecentDocument(root);
    this.#drawMenu();
  }

  #onAppearance({ theme = this.#file.state.theme, language = this.#language }: Appearance): void {
    nativeTheme.themeSource = theme;
    this.#file.change({ theme, language });
    this.#drawMenu();
  }

  #drawMenu(): void {
    const { recent, theme } = this.#file.state;
    const model = { texts: this.#texts, language: this.#language, theme, recent, platform: process.platform, devTools: this.#devTools }; // prettier-ignore
    const template = menuTemplate(model, {
      send: (command) => this.#window.send(command),
      openProject: () => void this.#chooseProject(),
      openRecent: (folder) => void this.open(folder),
      forgetRecent: () => {
        this.#file.change({ recent: [] });
        app.clearRecentDocuments();
        this.#drawMenu();
      },
      setTheme: (chosen) => {
        this.#onAppearance({ theme: chosen });
        this.#window.send({ id: 'view.theme', theme: chosen });
      },
      setLanguage: (chosen) => {
        this.#onAppearance({ language: chosen });
        this.#window.send({ id: 'view.language', language: chosen });
      },
      reload: () => this.#window.load(),
      about: () => app.showAboutPanel(),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #chooseProject(): Promise<void> {
    const folder = await this.#dialogs.chooseFolder('project.title');
    if (folder !== null) await this.open(folder);
  }
}
