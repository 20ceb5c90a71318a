import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../../../shared/errors.js';
import { parseAnnotation } from '../../../../../../../electron/engine/project/formats/voc/annotations.js';

const parse = (text: string, difficult = true): string[] => parseAnnotation(text, 'a.xml', difficult);

describe('parseAnnotation', () => {
  it('reads the objects, and not their parts', () => {
    const text = `<?xml version="1.0"?>
      <annotation verified="yes"><filename>a.jpg</filename>
        <object><name> person </name><part><name>head</name></part></object>
        <object><name>2</name><difficult>1</difficult></object>
      </annotation>`;
    expect(parse(text)).toEqual(['2', 'person']);
    expect(parse(text, false)).toEqual(['person']);
  });

  it('knows images without objects', () => {
    for (const text of ['<annotation/>', '<annotation></annotation>', '<annotation><size/></annotation>']) expect(parse(text)).toEqual([]); // prettier-ignore
  });

  it.each([
    ['', 'nothing'],
    ['no XML', 'text'],
    ['<html></html>', 'another document'],
    ['<annotation><object></annotation>', 'open elements'],
    ['<annotation><object/></annotation>', 'an object without a name'],
    ['<annotation><object><name><b>x</b></name></object></annotation>', 'a name with elements'],
    ['\0\0\0', 'NUL'],
  ])('refuses %j (%s)', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'file-damaged', file: 'a.xml' }));
  });

  it('expands no entities: neither files nor laughs', () => {
    const define = (entities: string): string => `<!DOCTYPE annotation [${entities}]><annotation><object><name>&lol9;</name></object></annotation>`; // prettier-ignore
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i};`.repeat(10)}">`).join('');
    for (const text of [
      define(`<!ENTITY lol0 "lol">${laughs}`),
      define('<!ENTITY lol9 SYSTEM "file:///etc/passwd">'),
    ]) {
      let names: string[] = [];
      try {
        names = parse(text);
      } catch (error) {
        expect(error).toBeInstanceOf(StudioError);
      }
      expect(names.join()).not.toMatch(/root|lollol/);
    }
  });

  it('does nothing else, whatever the text', () => {
    const piece = fc.constantFrom('<annotation>', '</annotation>', '<object>', '</object>', '<name>', '</name>', '<', '>', '&', '<!--', '-->', '<![CDATA[', ']]>', '<?', 'x', '__proto__', '<constructor>', '"'); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        try {
          parse(pieces.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(StudioError);
        }
      }),
      { numRuns: 2000, seed: 5 },
    );
    expect(() => parse('<a>'.repeat(50_000))).toThrow(StudioError);
  });
});
