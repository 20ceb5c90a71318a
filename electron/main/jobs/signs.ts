import { Notification, powerSaveBlocker } from 'electron';
import type { ShellTexts } from '../../../shared/locales/shell.js';
import type { EndedJob } from './board.js';

/** Keeps the machine awake while jobs work. */
export class Wakefulness {
  #blocker: number | null = null;

  set(awake: boolean): void {
    if (awake && this.#blocker === null) this.#blocker = powerSaveBlocker.start('prevent-app-suspension');
    else if (!awake && this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }
}

/** Tells the person, who is looking elsewhere, that a job has ended. */
export function notifyEnd({ job, how }: EndedJob, texts: ShellTexts, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({
    title: texts(`ended.${how}`, { job: texts(`job.${job.kind}`) }),
    body: job.error?.message ?? '',
  });
  notification.on('click', onClick);
  notification.show();
}
