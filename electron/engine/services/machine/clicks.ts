import { isAbsolute } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { MOST_CLICK_MODELS, type ClickModelFiles } from '../../../../shared/machine-settings.js';
import type { ImageRecord } from '../../../../shared/project.js';
import type { ClickAnswer, ClickQuestion } from '../../jobs/session/kinds/clicks.js';
import { openSession, type Session } from '../../jobs/session/open.js';
import type { ClickPoint } from '../../learn/clicks/model.js';
import { fileVersion } from '../../project/file-version.js';
import type { Project } from '../../project/project.js';
import type { MachineSettingsFile } from './settings.js';

export type ClickSession = Session<ClickQuestion, ClickAnswer>;
/** Opens the thread that computes; a stand-in in tests. */
export type OpenClicks = (files: Pick<ClickModelFiles, 'encoder' | 'decoder'>) => ClickSession;

/** What is known of a model that was tried. */
export interface TriedModel extends ClickModelFiles {
  /** Family of networks that it is one of. */
  family: string;
  /** Side of the picture that it sees, px. */
  side: number;
}

/** Milliseconds without a click after which the networks are let go. */
const IDLE_MS = 300_000;

const none = (name: string): StudioError =>
  new StudioError({
    code: 'set-missing',
    message: `there is no model for clicks called "${name}"`,
    remedy: 'Choose one that was imported, or import it (comask click import NAME --encoder FILE --decoder FILE).',
  });

/** Models that answer clicks in the mask editor: which there are, and a thread with the networks of the one that was asked last. */
export class Clicks {
  readonly #settings: MachineSettingsFile;
  readonly #open: OpenClicks;
  #session: ClickSession | null = null;
  #files = '';
  #newest = 0;
  #idle: NodeJS.Timeout | undefined;
  #before: Promise<unknown> = Promise.resolve();

  constructor(settings: MachineSettingsFile, open: OpenClicks = (files) => openSession('clicks', files)) {
    [this.#settings, this.#open] = [settings, open];
  }

  /** By name. */
  models(): ClickModelFiles[] {
    return [...this.#settings.read().clickModels].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Tries a pair of files and keeps their paths under a name, in the place of what had it.
   *
   * @throws StudioError `usage` (paths that are not absolute, too many models), and what openClickModel throws
   */
  async add(model: ClickModelFiles): Promise<TriedModel> {
    for (const file of [model.encoder, model.decoder]) {
      if (isAbsolute(file)) continue;
      throw new StudioError({
        code: 'usage',
        message: 'the path is not absolute',
        file,
        remedy: 'Give the whole path.',
      });
    }
    const others = this.models().filter(({ name }) => name !== model.name);
    if (others.length >= MOST_CLICK_MODELS) {
      const message = `a machine keeps ${MOST_CLICK_MODELS} models for clicks at most`;
      throw new StudioError({ code: 'usage', message, remedy: 'Remove one first (comask click remove NAME).' });
    }
    const { ask: _ask, ...found } = (await this.#ask(model, { ask: 'check' })) as Extract<
      ClickAnswer,
      { ask: 'check' }
    >;
    this.#settings.change({ clickModels: [...others, model] });
    return { ...model, ...found };
  }

  /** Forgets a model; its files stay. Throws `set-missing`. */
  remove(name: string): void {
    const models = this.models();
    if (!models.some((model) => model.name === name)) throw none(name);
    this.#settings.change({ clickModels: models.filter((model) => model.name !== name) });
  }

  /**
   * The mask of an image that fits clicks best: labels 0 and 1 of the image's size, as packed runs. Of several questions that
   * wait only the newest is answered, for the others' clicks are history.
   *
   * @throws StudioError `interrupted` where newer clicks came in between, `set-missing`, and what the model throws
   */
  async mask(
    project: Project,
    image: ImageRecord,
    { model: name, points }: { model: string; points: readonly ClickPoint[] },
  ): Promise<{ width: number; height: number; labels: Uint8Array; score: number }> {
    const model = this.models().find((one) => one.name === name);
    if (!model) throw none(name);
    // In the order of the calls: the files' answers may overtake each other.
    const number = ++this.#newest;
    const photo = project.photoPath(image);
    const { width, height } = image;
    const version = (await fileVersion(photo)) ?? '';
    const answer = this.#before.then(() => {
      if (number !== this.#newest)
        throw new StudioError({ code: 'interrupted', message: 'newer clicks came in between' });
      return this.#ask(model, { ask: 'mask', photo, version, width, height, points });
    });
    this.#before = answer.catch(() => undefined);
    const { labels, score } = (await answer) as Extract<ClickAnswer, { ask: 'mask' }>;
    return { width, height, labels, score };
  }

  /** Ends the thread; the next question opens another. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const session = this.#session;
    this.#session = null;
    await session?.close();
  }

  #ask({ encoder, decoder }: ClickModelFiles, question: ClickQuestion): Promise<ClickAnswer> {
    const files = JSON.stringify([encoder, decoder]);
    if (this.#session === null || this.#session.over || files !== this.#files) {
      void this.close();
      this.#files = files;
      this.#session = this.#open({ encoder, decoder });
    }
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    return this.#session.ask(question);
  }
}
