import { beforeAll, describe, expect, it } from 'vitest';
import { trainSettings, type Preset, type TrainSettings } from '../../../../../../shared/settings/index.js';
import type { Domain } from '../../../../../../shared/types.js';
import { backbones } from '../../../../../../electron/engine/learn/nets/backbones/index.js';
import { classifierParameters } from '../../../../../../electron/engine/learn/nets/classifier.js';
import { loadTensorflow } from '../../../../../../electron/engine/learn/runtime/load.js';
import type { Tf } from '../../../../../../electron/engine/learn/runtime/tensorflow.js';
import { prepareBatch, type PreparedBatch } from '../../../../../../electron/engine/learn/train/prepared.js';
import { seenPhoto } from '../../../../../../electron/engine/learn/train/seen.js';
import { trainingState } from '../../../../../../electron/engine/learn/train/state.js';
import { trainingStep, type StepResult } from '../../../../../../electron/engine/learn/train/step.js';
import { scene } from '../../../../../support/scenes.js';

let tf: Tf;
beforeAll(async () => {
  tf = await loadTensorflow({ device: 'cpu' });
});

const CLASSES = 3;

/** Pairs of three kinds of domains; of all their sides, one has a label that its partner lacks. */
function batchOf(settings: TrainSettings): PreparedBatch {
  const members: [Domain, number[]][][] = [
    [['target', [0]], ['target', [0]]], // prettier-ignore
    [['target', [1, 2]], ['target', [1]]], // prettier-ignore
    [['single-label', [2]], ['target', [2]]], // prettier-ignore
    [['single-label', [0]], ['single-label', [0]]], // prettier-ignore
    [['web', [1]], ['target', [1]]], // prettier-ignore
  ];
  const images = members.map(
    (pair, slot) =>
    pair.map(([domain, classes], side) => ({ id: `${slot}-${side}`, domain, classes, labelWeights: slot === 1 ? { 1: 0.5 } : undefined })), // prettier-ignore
  );
  const photos = members.map((pair, slot) => pair.map(([, classes], side) => scene(32, 2 * slot + side, classes)));
  return prepareBatch(
    images.map(([a, b], slot) => ({
      images: [a, b],
      looks: [{ purpose: [slot, 0] }, { purpose: [slot, 1] }],
      photos: [
        seenPhoto(photos[slot][0], settings, [slot, 0], true),
        seenPhoto(photos[slot][1], settings, [slot, 1], false),
      ],
    })),
    settings['pairs.self'],
  );
}

/** One step from first weights: what it says, and the gradients of all weights, which are the first velocities. */
function stepWith(microBatch: number, preset: Preset): { result: StepResult; gradients: Record<string, Float32Array> } {
  const settings = trainSettings.resolve(
    { backbone: 'tiny', inputSize: 32, microBatch, 'optimiser.weightDecay': 0, 'optimiser.clipNorm': 0 },
    preset,
  );
  const specs = classifierParameters(settings, CLASSES);
  const state = trainingState(tf, specs, { resume: null, backbone: null, others: new Map(), seed: 1 });
  const context = { tf, backbone: backbones.tiny, specs, state, settings, classCount: CLASSES };
  const result = trainingStep(context, batchOf(settings), 3, 0.01);
  const gradients = Object.entries(state.velocities).map(([name, v]) => [name, v.dataSync() as Float32Array] as const);
  state.dispose();
  return { result, gradients: Object.fromEntries(gradients) };
}

describe('a step in parts of its batch', () => {
  it.each<Preset>(['studio', 'paper', 'reference'])('has the same losses and gradients under %s', (preset) => {
    const whole = stepWith(0, preset);
    // Five pairs: parts of two, two and one.
    const { result, gradients } = stepWith(2, preset);
    for (const [name, loss] of Object.entries(whole.result.losses)) expect(result.losses[name]).toBeCloseTo(loss, 5);
    expect(result.meanFeature).toBeCloseTo(whole.result.meanFeature, 5);
    expect(Object.keys(gradients)).toEqual(Object.keys(whole.gradients));
    for (const [name, expected] of Object.entries(whole.gradients)) {
      const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const off = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - gradients[name][i])), 0);
      // The second term is for the temperature, whose gradient is a sum of terms that cancel each other.
      expect({ name, close: off <= 1e-5 * largest + 1e-8 }).toEqual({ name, close: true });
    }
  });

  it('leaves no tensor behind', () => {
    stepWith(2, 'paper');
    const before = tf.memory().numTensors;
    stepWith(2, 'paper');
    expect(tf.memory().numTensors).toBe(before);
  });
});
