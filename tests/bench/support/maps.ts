import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharp } from '../../../electron/engine/images/sharp.js';
import {
  localizeSettings,
  trainSettings,
  type LocalizeSettings,
  type TrainSettings,
} from '../../../shared/settings/index.js';
import { decodePhoto, encodeGrey, resizeCubicBytes } from '../../../electron/engine/images/index.js';
import { toBytes } from '../../../electron/engine/jobs/tasks/maps.js';
import {
  localize,
  type LocalizationMap,
  type LocalizeImage,
} from '../../../electron/engine/learn/localize/localize.js';
import { CLASSES, readWeights, tensorflow, versionsOf, writeWeights } from './net.js';
import { photoOf, stream } from './photos.js';
import { benchSide, type BenchOptions, type Side } from './side.js';

const [WIDTH, HEIGHT] = [500, 375];
const REFERENCES = 3;
/** Photos between two turns of the other side. */
const TURN = 10;

type Preset = 'paper' | 'reference';

/** What both sides read: photos with their labels and, for each label, the photos they are compared with. */
interface Entry {
  id: string;
  classes: number[];
  references: string[][];
}

const trainSettingsOf = ({ size }: BenchOptions, preset: Preset): TrainSettings =>
  trainSettings.resolve({ backbone: 'vgg16', inputSize: size }, preset);

const localizeSettingsOf = ({ size }: BenchOptions, preset: Preset): LocalizeSettings =>
  localizeSettings.resolve(
    { inputSize: size, 'references.strategy': 'fixed', 'references.count': REFERENCES, 'references.self': true },
    preset,
  );

/** Every second photo has two labels: 1.5 a photo, as in VOC 2012 (1.47). References are drawn with replacement. */
function entriesOf(count: number): Entry[] {
  const random = stream(count);
  const labels = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? [i % 7] : [i % 7, 7 + (i % 3)]));
  const drawn = (label: number): string[] => {
    const members = labels.flatMap((own, i) => (own.includes(label) ? [`p${i}`] : []));
    return Array.from({ length: REFERENCES }, () => members[Math.floor(random() * members.length)]);
  };
  return labels.map((classes, i) => ({ id: `p${i}`, classes, references: classes.map(drawn) }));
}

async function prepare(folder: string, options: BenchOptions, preset: Preset): Promise<void> {
  writeWeights(folder, trainSettingsOf(options, preset));
  const entries = entriesOf(options.limit);
  writeFileSync(join(folder, 'photos.json'), JSON.stringify(entries));
  for (const [i, { id }] of entries.entries()) {
    const { data } = photoOf(i, WIDTH, HEIGHT);
    await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } }).jpeg().toFile(join(folder, `${id}.jpg`)); // prettier-ignore
  }
}

/** Maps of all photos in one call, which waits after every few of them until it is told to go on. */
async function open(folder: string, options: BenchOptions, preset: Preset): Promise<Side> {
  const tf = await tensorflow(options.threads);
  const entries = JSON.parse(readFileSync(join(folder, 'photos.json'), 'utf8')) as Entry[];
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const images: LocalizeImage[] = entries.map(({ id, classes }) => ({ id, classes, domain: 'target' }));
  const output = join(folder, 'maps');
  mkdirSync(output, { recursive: true });
  const write = async (id: string, maps: LocalizationMap[]): Promise<void> => {
    for (const { classIndex, scaled } of maps) {
      writeFileSync(join(output, `${id}_${classIndex}.png`), encodeGrey(resizeCubicBytes(toBytes(scaled), WIDTH, HEIGHT))); // prettier-ignore
    }
  };
  const run = (
    some: LocalizeImage[],
    onMaps: (id: string, maps: LocalizationMap[]) => Promise<void>,
  ): Promise<unknown> =>
    localize(
      {
        tf,
        weights: readWeights(folder),
        trainSettings: trainSettingsOf(options, preset),
        classCount: CLASSES,
        images: some,
        pool: images,
        fixedReferences: (id, classIndex) => {
          const { classes, references } = byId.get(id)!;
          return references[classes.indexOf(classIndex)];
        },
        readPhoto: (id) => decodePhoto(join(folder, `${id}.jpg`)),
        onMaps: (id, _photo, maps) => onMaps(id, maps),
      },
      localizeSettingsOf(options, preset),
      () => undefined,
      new AbortController().signal,
    );

  const check: number[] = [];
  await run(images.slice(0, 2), async (_id, maps) => {
    for (const { scaled } of maps) check.push(scaled.data.reduce((sum, v) => sum + v, 0) / scaled.data.length);
  });

  let done = 0;
  let [go, turned] = [(): void => undefined, (_items: number): void => undefined];
  let last: Promise<unknown> | undefined;
  let atTurn = 0;
  const start = (): Promise<unknown> =>
    run(images, async (id, maps) => {
      await write(id, maps);
      done++;
      if (done % TURN !== 0 || done === images.length) return;
      const waiting = new Promise<void>((resolve) => (go = resolve));
      turned(done - atTurn);
      await waiting;
    });
  return {
    versions: versionsOf(tf),
    check,
    count: Math.ceil(images.length / TURN),
    round: () =>
      new Promise<number>((resolve, reject) => {
        atTurn = done;
        turned = resolve;
        if (last) go();
        else last = start().then(() => turned(done - atTurn), reject);
      }),
  };
}

/** The bench of multi-round maps under a preset. */
export const mapsBench = (preset: Preset): Promise<void> =>
  benchSide(
    (folder, options) => prepare(folder, options, preset),
    (folder, options) => open(folder, options, preset),
  );
