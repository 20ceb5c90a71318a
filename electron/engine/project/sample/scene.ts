import type { LabelMap, RgbImage } from '../../../../shared/types.js';
import { paintBackground } from './background.js';
import { classModel } from './bodies.js';
import { takePhoto } from './camera.js';
import { clutterModel } from './clutter.js';
import { layOut, type Visibility } from './layout.js';
import { randomLight } from './light.js';
import type { PlacedObject, Pose } from './objects.js';
import { paintObject, type Radiance } from './paint.js';
import { randomSource, type RandomSource } from './random.js';

export interface Scene {
  photo: RgbImage;
  labels: LabelMap;
  /** 0-based, ascending; exactly the classes that occur in `labels`. */
  classes: number[];
}

export interface SceneSettings {
  seed: number;
  width: number;
  height: number;
  /** Names of marks, one a class. */
  classNames: readonly string[];
}

/** A layout is drawn anew when a mark or too much of an object is hidden or cut off. */
const MIN_OBJECT_SEEN = 0.6;
const MIN_MARK_SEEN = 0.85;
/** Area that must be seen, in square local units: a whole object has about 1 to 1.5. */
const MIN_AREA_SEEN = 0.5;
/** Draws with the same number of objects before there is one fewer. */
const ATTEMPTS = 6;

function randomPose(random: RandomSource, { width, height }: SceneSettings, crowd: number): Pose {
  const size = Math.min(width, height) * random.between(0.34, 0.48) * (crowd > 1 ? 0.85 : 1) * (crowd > 2 ? 0.8 : 1);
  return {
    x: random.between(Math.min(size * 0.9, width / 2), Math.max(width - size * 0.9, width / 2)),
    y: random.between(Math.min(size * 0.8, height / 2), Math.max(height - size * 0.8, height / 2)),
    size,
    turn: random.normal() * 0.12,
    mirrored: random.chance(0.5),
  };
}

function arrange(random: RandomSource, classes: readonly number[], settings: SceneSettings): PlacedObject[] {
  const labelled = classes.map((classIndex) => ({
    model: classModel(random, classIndex, settings.classNames[classIndex]),
    pose: randomPose(random, settings, classes.length),
    classIndex,
  }));
  const clutter = Array.from({ length: random.whole(0, 3) }, () => {
    const pose = randomPose(random, settings, 3);
    return { model: clutterModel(random), pose: { ...pose, size: pose.size * 0.8 }, classIndex: null };
  });
  // What stands lower in the photo is nearer.
  return [...labelled, ...clutter].sort((a, b) => a.pose.y - b.pose.y);
}

function allVisible(objects: readonly PlacedObject[], visibility: readonly Visibility[]): boolean {
  return objects.every(({ model, pose, classIndex }, index) => {
    if (classIndex === null || !model.mark) return true;
    const { drawn, seen, markSeen } = visibility[index];
    const markArea = Math.PI * (model.mark.radius * pose.size) ** 2;
    const enough = seen >= MIN_OBJECT_SEEN * drawn && seen >= MIN_AREA_SEEN * pose.size ** 2;
    return enough && markSeen >= MIN_MARK_SEEN * markArea;
  });
}

/** One to three classes: `first`, and others at random. */
function chooseClasses(random: RandomSource, first: number, classCount: number): number[] {
  const roll = random.unit();
  const wanted = Math.min(classCount, roll < 0.6 ? 1 : roll < 0.9 ? 2 : 3);
  const chosen = [first];
  while (chosen.length < wanted) {
    const next = random.whole(0, classCount - 1);
    if (!chosen.includes(next)) chosen.push(next);
  }
  return chosen;
}

/**
 * Photo number `index` of a sample, with its exact label map: a function of the settings and the index alone. Every
 * class occurs equally often as the first of a photo.
 */
export function makeScene(index: number, settings: SceneSettings): Scene {
  const random = randomSource(`${settings.seed}/${index}`);
  const classes = chooseClasses(random, index % settings.classNames.length, settings.classNames.length);
  for (let attempt = 1; ; attempt += 1) {
    if (attempt % ATTEMPTS === 0 && classes.length > 1) classes.pop();
    const objects = arrange(random, classes, settings);
    const { labels, visibility } = layOut(objects, settings);
    if (!allVisible(objects, visibility)) continue;

    const { width, height } = settings;
    const picture: Radiance = { width, height, data: new Float32Array(width * height * 3) };
    const light = randomLight(random);
    paintBackground(picture, random, light);
    for (const object of objects) paintObject(picture, object, light);
    return { photo: takePhoto(picture, random), labels, classes: [...classes].sort((a, b) => a - b) };
  }
}
