import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ElementScanner } from '../../../../../../../electron/engine/project/formats/coco/element-scanner.js';
import { parseElement } from '../../../../../../../electron/engine/project/formats/coco/json-elements.js';

/** Elements of a text that comes in chunks of the length, as [key, value, place]. */
function scan(text: string, chunk = 7): [string, unknown, number][] {
  const bytes = Buffer.from(text);
  const scanner = new ElementScanner('x.json');
  const found: [string, unknown, number][] = [];
  for (let at = 0; at < bytes.length; at += chunk) {
    for (const { key, start, bytes: own } of scanner.push(bytes.subarray(at, at + chunk))) {
      found.push([key, JSON.parse(own.toString()), start]);
    }
  }
  scanner.end();
  return found;
}

describe('ElementScanner', () => {
  it('finds the objects of the arrays at the top level', () => {
    const text =
      '{"info": {"a": [{"b": 1}]}, "images": [{"id": 1}, {"id": 2, "x": [{}]}], "n": [1, [{"c": 2}]], "e": []}';
    expect(scan(text)).toEqual([
      ['images', { id: 1 }, text.indexOf('{"id": 1}')],
      ['images', { id: 2, x: [{}] }, text.indexOf('{"id": 2')],
    ]);
  });

  it('is not led astray by brackets and quotes in strings', () => {
    expect(scan('{"a]{": 1, "k": [{"s": "}]\\"{\\\\"}, {"t": "\\u007d"}]}').map(([, value]) => value)).toEqual([
      { s: '}]"{\\' },
      { t: '}' },
    ]);
  });

  it('finds the same whatever the chunks', () => {
    const document = fc.dictionary(fc.string({ minLength: 1 }), fc.array(fc.dictionary(fc.string(), fc.jsonValue())));
    const same = (value: Record<string, object[]>, chunk: number): void => {
      const wanted = Object.values(value).flat();
      expect(scan(JSON.stringify(value), chunk).map(([, element]) => element)).toEqual(
        JSON.parse(JSON.stringify(wanted)),
      );
    };
    fc.assert(fc.property(document, fc.integer({ min: 1, max: 50 }), same), { seed: 20240607 });
  });

  it.each([
    ['cut off', '{"images": [{"id": 1}, {"id', /cut off after 27 bytes, inside "images"/],
    ['cut off between elements', '{"images": [{"id": 1},', /cut off/],
    ['empty', '', /cut off after 0 bytes/],
    ['a list', '[{"id": 1}]', /is a list/],
    ['closed twice', '{"a": []}}', /bracket too many/],
    ['a name without end', `{"${'a'.repeat(3000)}`, /too long/],
  ])('says when a file is %s', (_, text, message) => {
    expect(() => scan(text)).toThrow(expect.objectContaining({ code: 'file-damaged', message: expect.stringMatching(message) })); // prettier-ignore
  });
});

describe('parseElement', () => {
  const parse = (text: string): unknown => parseElement(Buffer.from(text), 'x.json', 5);

  it("takes Python's words for numbers that are none", () => {
    expect(parse('{"area": NaN, "bbox": [1, -Infinity], "name": "NaN"}')).toEqual({
      area: null,
      bbox: [1, null],
      name: 'NaN',
    });
  });

  it('names the place of what is not JSON', () => {
    expect(() => parse('{"a": }')).toThrow(/byte 5/);
  });
});
