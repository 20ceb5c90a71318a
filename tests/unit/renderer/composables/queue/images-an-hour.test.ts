import { describe, expect, it } from 'vitest';
import { IDLE, imagesAnHour } from '../../../../../renderer/composables/queue/images-an-hour.js';

const MINUTE = 60_000;

describe('images an hour', () => {
  it('is unknown before the second image', () => {
    expect(imagesAnHour([])).toBeNull();
    expect(imagesAnHour([5])).toBeNull();
    expect(imagesAnHour([5, 5])).toBeNull();
  });

  it('is the number of images by the time between them', () => {
    expect(imagesAnHour([0, MINUTE, 2 * MINUTE])).toBeCloseTo(60, 9);
    expect(imagesAnHour([0, MINUTE, 4 * MINUTE])).toBeCloseTo(30, 9);
  });

  it('leaves out pauses of more than five minutes, not of five', () => {
    expect(imagesAnHour([0, MINUTE, MINUTE + IDLE + 1, 2 * MINUTE + IDLE + 1])).toBeCloseTo(60, 9);
    expect(imagesAnHour([0, IDLE])).toBeCloseTo(12, 9);
    expect(imagesAnHour([0, IDLE + 1])).toBeNull();
  });
});
