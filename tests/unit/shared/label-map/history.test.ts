import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { History, MOST_STEPS } from '../../../../shared/label-map/history.js';
import { merge } from '../../../../shared/label-map/merge.js';
import { packRuns, unpackRuns } from '../../../../shared/label-map/runs.js';
import { stroke } from '../../../../shared/label-map/stroke.js';
import { surveyOf, warningsOf } from '../../../../shared/label-map/survey.js';
import { tipOf } from '../../../../shared/label-map/tip.js';
import { blank, copyOf, drawn, editOf, maps } from '../../../support/label-map.js';

describe('runs', () => {
  it('give back all labels that were packed', () => {
    const long = fc.tuple(fc.constantFrom(0, 7, 255), fc.integer({ min: 1, max: 20_000 })).map(([label, length]) => new Uint8Array(length).fill(label)); // prettier-ignore
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), long), (labels) => {
        expect(Buffer.compare(unpackRuns(packRuns(labels), labels.length), labels)).toBe(0);
      }),
      { seed: 76 },
    );
  });

  it('refuse what does not come to the pixels', () => {
    const packed = packRuns(new Uint8Array(300).fill(3));
    for (const bytes of [packed.subarray(0, 2), Uint8Array.of(1, 0), Uint8Array.of(1, ...Array(12).fill(255)), Uint8Array.of()]) {
      expect(() => unpackRuns(bytes, 300)).toThrow(RangeError);
    } // prettier-ignore
    expect(() => unpackRuns(packed, 299)).toThrow(RangeError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          expect(unpackRuns(bytes, 500)).toHaveLength(500);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { seed: 77, numRuns: 500 },
    );
  });
});

describe('the history', () => {
  const tip = tipOf('round', 5);

  it('undoes and redoes any number of steps to the byte, and forgets what was undone once something new is done', () => {
    const step = fc.record({ x: fc.nat(23), y: fc.nat(23), label: fc.constantFrom(0, 1, 2), act: fc.constantFrom('paint', 'paint', 'undo', 'redo') }); // prettier-ignore
    fc.assert(
      fc.property(maps, fc.array(step, { maxLength: 40 }), (map, steps) => {
        const history = new History();
        const [done, undone] = [[copyOf(map)], [] as ReturnType<typeof copyOf>[]];
        for (const { x, y, label, act } of steps) {
          if (act === 'undo') {
            if ((history.undo(map) !== null) !== done.length > 1) throw new Error('undo');
            if (done.length > 1) undone.push(done.pop()!);
          } else if (act === 'redo') {
            history.redo(map);
            if (undone.length > 0) done.push(undone.pop()!);
          } else {
            const edit = editOf(map);
            stroke(edit, { x, y }, { x: y, y: x }, tip, label);
            const patch = edit.patch();
            if (!patch) continue;
            history.push({ action: 'brush', label }, patch);
            done.push(copyOf(map));
            undone.length = 0;
          }
          expect(map).toEqual(done.at(-1));
          expect([history.position, history.names.length]).toEqual([done.length - 1, done.length - 1 + undone.length]);
        }
      }),
      { seed: 78, numRuns: 100 },
    );
  });

  it('keeps the latest steps, a hundred and more', () => {
    const map = blank(40, 40);
    const history = new History();
    for (let i = 0; i < MOST_STEPS + 20; i++) {
      const edit = editOf(map);
      stroke(edit, { x: i % 40, y: i % 37 }, { x: i % 40, y: i % 37 }, tipOf('square', 1), 1 + (i % 2));
      const patch = edit.patch();
      if (patch) history.push({ action: `${i}` }, patch);
    }
    expect(MOST_STEPS).toBeGreaterThanOrEqual(100);
    expect(history.position).toBe(MOST_STEPS);
    let undone = 0;
    while (history.undo(map)) undone++;
    expect(undone).toBe(MOST_STEPS);
  });
});

describe('two versions of a mask', () => {
  it('come together where only one of them changed; where both did, mine stands and is counted', () => {
    const [base, mine, theirs] = ['......', '11.1..', '1.22..'].map((row) => drawn(row).data);
    expect(merge(base, mine, theirs)).toEqual({ labels: drawn('1121..').data, disputed: 1 });
  });
});

describe('the survey of a mask', () => {
  it('counts pixels and islands and says what is probably wrong', () => {
    const map = blank(60, 40);
    map.data.fill(1, 0, 600);
    map.data.fill(2, 1000, 1005);
    map.data.fill(255, 1200, 2000);
    const survey = surveyOf(map);
    expect([survey.counts[0], survey.counts[1], survey.counts[2], survey.counts[255]]).toEqual([995, 600, 5, 800]);
    expect(warningsOf(survey, [0, 2])).toEqual([
      { kind: 'unlabelled', label: 2, share: 5 / 2400 },
      { kind: 'empty', label: 3 },
      { kind: 'islands', label: 2, count: 1 },
      { kind: 'ignored', share: 800 / 2400 },
    ]);
    expect(warningsOf(survey, []).map(({ kind }) => kind)).toEqual(['islands', 'ignored']);
  });
});
