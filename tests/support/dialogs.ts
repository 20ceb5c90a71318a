import type { ElectronApplication } from 'playwright-core';

/** A question of the shell as a person would see it. */
export interface Shown {
  message: string;
  detail: string;
  buttons: string[];
}

/** Answers the shell's questions from now on with the button of this number, in place of a person. */
export async function answerDialogs(electron: ElectronApplication, response: number): Promise<void> {
  await electron.evaluate(({ dialog }, button) => {
    const seen = ((globalThis as { shown?: unknown[] }).shown ??= []);
    const answer = (...args: unknown[]): Promise<unknown> => {
      const { message, detail = '', buttons } = args[args.length - 1] as Record<string, unknown>;
      seen.push({ message, detail, buttons });
      return Promise.resolve({ response: button, checkboxChecked: false });
    };
    Object.assign(dialog, { showMessageBox: answer });
  }, response);
}

/** The questions that were answered so far. */
export const shownDialogs = (electron: ElectronApplication): Promise<Shown[]> =>
  electron.evaluate(() => (globalThis as { shown?: Shown[] }).shown ?? []);
