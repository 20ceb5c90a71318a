import { StudioError } from '../../../../../shared/errors.js';
import type { Failure } from '../../../../../shared/types.js';
import { hasShape, isId, type CocoAnnotation, type CocoCategory, type CocoImage } from './annotations.js';
import type { JsonElement } from './element-scanner.js';
import { jsonElements, parseElement } from './json-elements.js';

/** An image of an annotation file with what concerns it. */
export interface IndexedImage {
  image: CocoImage;
  /** Ids of the categories of its annotations, ascending, each once. */
  categories: number[];
  /** Where its annotations stand in the file, in the order of the file. */
  places: { start: number; length: number }[];
}

/**
 * What an annotation file holds, but for the shapes: those stay in the file and are read again where one is drawn. About
 * 40 bytes an annotation and 200 an image.
 */
export class AnnotationIndex {
  readonly file: string;
  readonly failures: Failure[] = [];
  /** In the order of their ids. */
  readonly categories: CocoCategory[] = [];
  /** Whether any annotation has a shape: images without annotations then are background, in a file of boxes unknown. */
  hasShapes = false;
  /** Images by the place at which their id was met first; undefined for those that only annotations name. */
  readonly #images: (CocoImage | undefined)[] = [];
  /** Their places in the order of the file. */
  readonly #order: number[] = [];
  readonly #placeOf = new Map<number | string, number>();
  readonly #imageOf: number[] = [];
  readonly #category: number[] = [];
  readonly #start: number[] = [];
  readonly #length: number[] = [];

  private constructor(file: string) {
    this.file = file;
  }

  /** Reads a file once. Throws `file-missing`, `file-unreadable`, `file-damaged` (says how far it came). */
  static async of(file: string): Promise<AnnotationIndex> {
    const index = new AnnotationIndex(file);
    try {
      for await (const element of jsonElements(file)) index.#add(element);
    } catch (error) {
      if (!(error instanceof StudioError) || error.code !== 'file-damaged') throw error;
      const before = `${error.message}; before it stood ${index.#images.length} images and ${index.annotations} annotations`;
      throw new StudioError({ ...error.details, message: before }, { cause: error });
    }
    index.categories.sort((a, b) => a.id - b.id);
    index.#noteStrays();
    return index;
  }

  get annotations(): number {
    return this.#start.length;
  }

  /** Images in the order of the file. */
  *images(): Generator<IndexedImage> {
    const { first, order } = this.#byImage();
    for (const place of this.#order) {
      const own = [...order.subarray(first[place], first[place + 1])];
      const categories = [...new Set(own.map((at) => this.#category[at]))].sort((a, b) => a - b);
      yield {
        image: this.#images[place]!,
        categories,
        places: own.map((at) => ({ start: this.#start[at], length: this.#length[at] })),
      };
    }
  }

  #add({ key, start, bytes }: JsonElement): void {
    if (key === 'images') this.#addImage(parseElement(bytes, this.file, start), start);
    else if (key === 'annotations') this.#addAnnotation(parseElement(bytes, this.file, start), start, bytes.length);
    else if (key === 'categories') this.#addCategory(parseElement(bytes, this.file, start), start);
  }

  #addImage({ id, file_name, width, height }: CocoImage, start: number): void {
    if (!isId(id) || typeof file_name !== 'string' || file_name === '') {
      this.#fail(`the image at byte ${start} has no id or no file_name`, 'skipped');
      return;
    }
    const place = this.#place(id);
    const known = this.#images[place];
    if (known) {
      this.#fail(`the image id ${id} is given twice`, `kept ${known.file_name}`);
      return;
    }
    this.#images[place] = { id, file_name, width, height };
    this.#order.push(place);
  }

  #addAnnotation(annotation: CocoAnnotation, start: number, length: number): void {
    const { image_id, category_id } = annotation;
    if (!isId(image_id) || !Number.isInteger(category_id)) {
      this.#fail(`the annotation at byte ${start} has no image_id or no category_id`, 'left out');
      return;
    }
    this.hasShapes ||= hasShape(annotation);
    this.#imageOf.push(this.#place(image_id));
    this.#category.push(category_id);
    this.#start.push(start);
    this.#length.push(length);
  }

  #addCategory({ id, name }: CocoCategory, start: number): void {
    if (Number.isInteger(id) && typeof name === 'string' && name.trim() !== '') {
      this.categories.push({ id, name: name.trim().normalize('NFC') });
    } else this.#fail(`the category at byte ${start} has no id or no name`, 'left out');
  }

  #place(id: number | string): number {
    const known = this.#placeOf.get(id) ?? this.#images.push(undefined) - 1;
    this.#placeOf.set(id, known);
    return known;
  }

  /** Annotations by image: those of image i are `order[first[i]]` up to `order[first[i + 1] - 1]`. */
  #byImage(): { first: Uint32Array; order: Uint32Array } {
    const first = new Uint32Array(this.#images.length + 1);
    for (const image of this.#imageOf) first[image + 1] += 1;
    for (let i = 0; i < this.#images.length; i++) first[i + 1] += first[i];
    const next = first.slice();
    const order = new Uint32Array(this.annotations);
    this.#imageOf.forEach((image, at) => (order[next[image]++] = at));
    return { first, order };
  }

  #noteStrays(): void {
    const strays = this.#imageOf.filter((image) => this.#images[image] === undefined).length;
    if (strays > 0) this.#fail(`${strays} annotations belong to images that it does not list`, 'left out');
  }

  #fail(reason: string, action: string): void {
    this.failures.push({ file: this.file, code: 'file-damaged', reason, action });
  }
}
