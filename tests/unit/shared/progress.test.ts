import { describe, expect, it } from 'vitest';
import { progressSchema } from '../../../shared/api/common.js';
import { languages } from '../../../shared/locales/index.js';
import { allStageTexts, stageText } from '../../../shared/locales/stage.js';
import { shareDone, stageKey, stages, type Progress } from '../../../shared/progress.js';

const images = { total: 10, unit: 'images' };
const epoch = (part: number, done: number): Progress => ({ stage: 'epoch', part, parts: 4, done, ...images });

describe('how far a piece of work is', () => {
  it('counts its epochs, or what it counts itself', () => {
    expect(shareDone(epoch(2, 5))).toBe(0.375);
    expect(shareDone({ stage: 'localizing', done: 5, ...images })).toBe(0.5);
    expect(shareDone({ stage: 'localizing', done: 12, ...images })).toBe(1);
    expect(shareDone({ stage: 'localizing', done: 0, total: 0, unit: 'images' })).toBeNull();
    expect(shareDone(null)).toBeNull();
  });

  it('is another stage with another epoch only', () => {
    expect(stageKey(epoch(2, 5))).toBe(stageKey(epoch(2, 6)));
    expect(stageKey(epoch(2, 5))).not.toBe(stageKey(epoch(3, 5)));
  });

  it('is said in words of every language, with the same values', () => {
    expect(stageText(epoch(3, 1))).toBe('epoch 3 of 4');
    expect(stageText(epoch(3, 1), 'zh-CN')).toBe('第 3 轮，共 4 轮');
    const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const language of languages) {
      expect(Object.keys(allStageTexts[language])).toEqual([...stages]);
      for (const stage of stages)
        expect(places(allStageTexts[language][stage])).toEqual(places(allStageTexts.en[stage]));
    }
  });

  it('holds where another version has named its stage', () => {
    const old = { stage: 'epoch 3 of 15', done: 1, total: 2, unit: 'images' };
    expect(progressSchema.parse(old)).toEqual({ ...old, stage: 'working' });
  });
});
