import type { Image } from '../../shared/api/index.js';

/** Images of a page. */
export const PAGE = 100;
/** Pages that are kept; the least recently used go first. */
const KEPT = 80;

export interface PageAnswer {
  total: number;
  images: Image[];
}

/** Asks for `limit` images from `offset` on. */
export type AskPage = (offset: number, limit: number) => Promise<PageAnswer>;

/**
 * A long list of images of which only the pages that are looked at are there. Answers of an earlier filter, which come
 * late, are dropped.
 */
export class ImagePages {
  readonly #pages = new Map<number, Image[]>();
  /** What was there before a refresh, until the page comes anew. */
  #old = new Map<number, Image[]>();
  readonly #asked = new Map<number, Promise<void>>();
  #generation = 0;
  #ask: AskPage;

  constructor(
    ask: AskPage,
    private readonly onChange: (total: number) => void,
  ) {
    this.#ask = ask;
  }

  /** Begins anew, e.g. with another filter. */
  reset(ask: AskPage): void {
    this.refresh();
    this.#ask = ask;
    this.#old.clear();
  }

  /** Asks for every page again when it is looked at; what is there is shown until it comes. */
  refresh(): void {
    this.#generation++;
    this.#old = new Map([...this.#old, ...this.#pages]);
    this.#pages.clear();
    this.#asked.clear();
  }

  /** The image at a place of the list, where its page is there. */
  at(index: number): Image | undefined {
    const page = Math.floor(index / PAGE);
    return (this.#pages.get(page) ?? this.#old.get(page))?.[index % PAGE];
  }

  /** Every image that is there, with its place. */
  held(): [place: number, image: Image][] {
    return [...this.#old, ...this.#pages].flatMap(([page, images]) =>
      images.map((image, i): [number, Image] => [page * PAGE + i, image]),
    );
  }

  /** Makes sure that these places are there, both ends included. Rejects with what a page could not be had for. */
  async need(first: number, last: number): Promise<void> {
    const from = Math.max(0, Math.floor(first / PAGE));
    const pages = Array.from({ length: Math.floor(last / PAGE) - from + 1 }, (_, i) => from + i);
    await Promise.all(pages.map((page) => this.#page(page)));
  }

  #page(page: number): Promise<void> | undefined {
    const known = this.#pages.get(page);
    if (known) {
      this.#pages.delete(page);
      this.#pages.set(page, known);
      return undefined;
    }
    const asked = this.#asked.get(page) ?? this.#load(page, this.#generation);
    this.#asked.set(page, asked);
    return asked;
  }

  async #load(page: number, generation: number): Promise<void> {
    try {
      const { total, images } = await this.#ask(page * PAGE, PAGE);
      if (generation !== this.#generation) return;
      this.#pages.set(page, images);
      this.#old.delete(page);
      for (const oldest of this.#pages.keys()) {
        if (this.#pages.size <= KEPT) break;
        this.#pages.delete(oldest);
      }
      this.onChange(total);
    } catch (reason) {
      if (generation === this.#generation) throw reason;
    } finally {
      if (generation === this.#generation) this.#asked.delete(page);
    }
  }
}
