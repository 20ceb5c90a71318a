import { dialog, type BrowserWindow, type MessageBoxOptions, type OpenDialogOptions } from 'electron';
import type { Job } from '../../shared/api/index.js';
import { errorDetails, forScreens } from '../../shared/errors.js';
import type { ShellTextKey, ShellTexts } from '../../shared/locales/shell.js';
import { quitChoices, type QuitChoice } from './quit.js';

interface Question<Answer> extends Pick<MessageBoxOptions, 'type' | 'message' | 'detail'> {
  /** What Esc means. */
  cancel: Answer;
  buttons: readonly (readonly [Answer, ShellTextKey])[];
}

/** Every question and notice of the shell, in the person's language, on the window where there is one. */
export class Dialogs {
  readonly #texts: () => ShellTexts;
  readonly #window: () => BrowserWindow | null;

  constructor(texts: () => ShellTexts, window: () => BrowserWindow | null) {
    this.#texts = texts;
    this.#window = window;
  }

  async #ask<Answer>({ buttons, cancel, ...question }: Question<Answer>): Promise<Answer> {
    const options: MessageBoxOptions = {
      ...question,
      title: 'Comask Studio',
      buttons: buttons.map(([, text]) => this.#texts()(text)),
      defaultId: 0,
      cancelId: buttons.findIndex(([answer]) => answer === cancel),
      noLink: true,
    };
    const window = this.#window();
    const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
    return buttons[response]?.[0] ?? cancel;
  }

  /** The folder that was chosen, or null. */
  chooseFolder(title: 'folder.title' | 'project.title'): Promise<string | null> {
    return this.#choose({ title: this.#texts()(title), properties: ['openDirectory', 'createDirectory'] });
  }

  /** The path of the file that was chosen, or null. */
  chooseFile(): Promise<string | null> {
    return this.#choose({ title: this.#texts()('file.title'), properties: ['openFile'] });
  }

  async #choose(options: OpenDialogOptions): Promise<string | null> {
    const window = this.#window();
    const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
    return filePaths[0] ?? null;
  }

  /** What is to become of the jobs that are running. */
  askQuit(jobs: readonly Job[]): Promise<QuitChoice> {
    const texts = this.#texts();
    const names = jobs.map(({ kind }) => texts(`job.${kind}`));
    const text = { background: 'quit.background', pause: 'quit.pause', cancel: 'button.cancel' } as const;
    return this.#ask<QuitChoice>({
      type: 'question',
      message: texts('quit.question', { jobs: names.join(', ') }),
      detail: texts('quit.detail'),
      buttons: quitChoices.map((choice) => [choice, text[choice]] as const),
      cancel: 'cancel',
    });
  }

  /** The engine died and runs again: what is safe. */
  tellRestarted(): Promise<boolean> {
    const [message, detail] = [this.#texts()('engine.restarted'), this.#texts()('engine.saved')];
    return this.#ask({ type: 'warning', message, detail, buttons: [[true, 'button.ok']], cancel: true });
  }

  /** The engine dies again and again: whether to try once more. */
  askRestart(reason: string): Promise<boolean> {
    const texts = this.#texts();
    return this.#ask({
      type: 'error',
      message: texts('engine.failed'),
      detail: texts('engine.reason', { reason }),
      buttons: [[true, 'button.restart'], [false, 'button.quit']], // prettier-ignore
      cancel: false,
    });
  }

  /** The page is gone or hangs: whether to load it again. */
  askReload(what: 'page.crashed' | 'page.hangs'): Promise<boolean> {
    const texts = this.#texts();
    return this.#ask({
      type: 'warning',
      message: texts(what),
      detail: texts(`${what}Detail`),
      buttons: [[true, 'button.reload'], [false, what === 'page.hangs' ? 'button.wait' : 'button.cancel']], // prettier-ignore
      cancel: false,
    });
  }

  /** Whether a link may be opened outside; the person sees the host, for the page may have been made to lie. */
  askLink(host: string, address: string): Promise<boolean> {
    return this.#ask({
      type: 'question',
      message: this.#texts()('link.question', { host }),
      detail: address,
      buttons: [[true, 'button.open'], [false, 'button.cancel']], // prettier-ignore
      cancel: false,
    });
  }

  /** Says what went wrong and what to do about it. */
  tellError(error: unknown): Promise<boolean> {
    const { message, remedy, file } = errorDetails(error);
    const detail = [file && !message.includes(file) ? file : '', remedy ? forScreens(remedy) : '']
      .filter(Boolean)
      .join('\n');
    return this.#ask({ type: 'error', message, detail, buttons: [[true, 'button.ok']], cancel: true });
  }
}
