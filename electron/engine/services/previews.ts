import { createHash } from 'node:crypto';
import { StudioError } from '../../../shared/errors.js';
import { localizeSettings, type LocalizeSettings } from '../../../shared/settings/index.js';
import type { PreviewAnswer, PreviewOpening, PreviewQuestion } from '../jobs/session/kinds/preview.js';
import { openSession, type Session } from '../jobs/session/open.js';
import type { Project } from '../project/project.js';

export type PreviewSession = Session<PreviewQuestion, PreviewAnswer>;
/** Opens the thread that computes; a stand-in in tests. */
export type OpenPreview = (opening: PreviewOpening) => PreviewSession;

/** What previews are made with. */
export interface PreviewSource {
  run: string;
  epoch: number | null;
  settings: Record<string, unknown>;
}

/** Milliseconds without a question after which weights and features are let go. */
const IDLE_MS = 120_000;
/** Pictures that are kept for the page to fetch. */
const PICTURES = 64;

const superseded = (): StudioError =>
  new StudioError({ code: 'interrupted', message: 'a newer preview was asked for' });

type AnswerTo<Ask extends PreviewQuestion['ask']> = Extract<PreviewAnswer, { ask: Ask }>;

/**
 * Previews of one project: a thread with the weights of the run that was asked for last. Of several questions of one kind
 * that wait, only the newest is answered, for the others' sets are history.
 */
export class Previews {
  readonly #project: Project;
  readonly #open: OpenPreview;
  readonly #pictures = new Map<string, Uint8Array>();
  readonly #newest = new Map<string, number>();
  #session: PreviewSession | null = null;
  #source = '';
  #idle: NodeJS.Timeout | undefined;
  #before: Promise<unknown> = Promise.resolve();

  constructor(project: Project, open: OpenPreview = (opening) => openSession('preview', opening)) {
    this.#project = project;
    this.#open = open;
  }

  /**
   * Asks the thread of a source.
   *
   * @throws StudioError `interrupted` where a newer question of the kind came in between, `settings-invalid`, and what the
   *   session throws: `run-missing`, `label-missing`, `runtime-missing`, ...
   */
  async ask<Ask extends PreviewQuestion['ask']>(
    source: PreviewSource,
    question: Extract<PreviewQuestion, { ask: Ask }>,
  ): Promise<AnswerTo<Ask>> {
    const settings = localizeSettings.resolve(source.settings);
    const number = (this.#newest.get(question.ask) ?? 0) + 1;
    this.#newest.set(question.ask, number);
    const answer = this.#before.then(() => {
      if (this.#newest.get(question.ask) !== number) throw superseded();
      return this.#sessionOf(source, settings).ask(question);
    });
    this.#before = answer.catch(() => undefined);
    return (await answer) as AnswerTo<Ask>;
  }

  /** Keeps a picture for a while; returns the name to fetch it by. */
  keep(picture: Uint8Array): string {
    const name = createHash('sha256').update(picture).digest('hex').slice(0, 32);
    this.#pictures.delete(name);
    this.#pictures.set(name, picture);
    for (const oldest of this.#pictures.keys()) {
      if (this.#pictures.size <= PICTURES) break;
      this.#pictures.delete(oldest);
    }
    return name;
  }

  /** A kept picture. Throws `file-missing`. */
  picture(name: string): Uint8Array {
    const picture = this.#pictures.get(name);
    if (picture) return picture;
    throw new StudioError({
      code: 'file-missing',
      message: 'this preview is not kept any more',
      remedy: 'Ask for it again.',
    });
  }

  /** Ends the thread; the next question opens another. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const session = this.#session;
    this.#session = null;
    await session?.close();
  }

  #sessionOf({ run, epoch }: PreviewSource, settings: LocalizeSettings): PreviewSession {
    const source = JSON.stringify([run, epoch, settings]);
    if (this.#session === null || this.#session.over || source !== this.#source) {
      void this.close();
      this.#source = source;
      this.#session = this.#open({ project: this.#project.root, run, epoch, settings });
    }
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    return this.#session;
  }
}
