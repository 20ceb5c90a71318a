import { join, relative, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectPaths } from '../../../../../electron/engine/project/layout.js';
import {
  idKey,
  idOf,
  idProblem,
  nameProblem,
  resolveInside,
  safeName,
} from '../../../../../electron/engine/project/paths.js';

const root = join(sep, 'data', 'set');
const inside = (path: string): boolean => {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`);
};

/** Paths made of the pieces an attack is made of. */
const wickedPath = fc
  .array(
    fc.oneof(fc.constantFrom('..', '.', '', '/', '\\', '...', '~', 'C:', 'set', '..\\..', '%2e%2e', '\0'), fc.string()),
  )
  .map((pieces) => pieces.join('/'));

describe('resolveInside', () => {
  it('never leads out of the root', () => {
    fc.assert(
      fc.property(wickedPath, (path) => {
        let resolved: string;
        try {
          resolved = resolveInside(root, path);
        } catch (error) {
          expect(error).toMatchObject({ code: 'path-outside' });
          return;
        }
        expect(inside(resolved)).toBe(true);
      }),
    );
  });

  it('takes plain paths as they are', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zA-Z0-9_-]+(\.jpg)?$/), { minLength: 1 }), (segments) => {
        expect(resolveInside(root, segments.join('/'))).toBe(join(root, ...segments));
      }),
    );
  });

  it.each(['../x', 'a/../../x', '/etc/passwd', '\\\\server\\share', 'a\\..\\..\\x', 'C:x', 'c:\\x', 'a\0b', '..'])(
    'refuses %j',
    (path) => {
      expect(() => resolveInside(root, path)).toThrow(expect.objectContaining({ code: 'path-outside' }));
    },
  );

  it.each([
    ['a/../b.jpg', 'b.jpg'],
    ['..a/b', '..a/b'],
    ['./a', 'a'],
  ])('takes %j', (path, expected) => {
    expect(resolveInside(root, path)).toBe(join(root, expected));
  });
});

describe('names and ids', () => {
  it.each([
    'con',
    'NUL.txt',
    'Com1',
    'lpt9.a.b',
    'a.',
    'a ',
    '',
    '.',
    '..',
    'a\u0007',
    'a:b',
    'a\\b',
    'x'.repeat(201),
    '\ud800',
  ])('finds fault with %j', (name) => {
    expect(nameProblem(name)).toEqual(expect.any(String));
    expect(idProblem(`folder/${name}`)).toEqual(expect.any(String));
    expect(() => safeName(name)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it.each(['2007_000032', 'console', '.hidden', '猫 1', 'a.b', 'com10'])('has nothing against %j', (name) => {
    expect(nameProblem(name)).toBeNull();
  });

  it('takes the id from the path', () => {
    expect(idOf('cat/a.b.jpg')).toBe('cat/a.b');
    expect(idOf('dir.d/plain')).toBe('dir.d/plain');
    expect(idOf('.jpg')).toBe('.jpg');
    expect(idOf('e\u0301.jpg')).toBe('\u00e9');
  });

  it('gives one key to ids that fall together on some file system', () => {
    expect(idKey('Cat/\u00c9')).toBe(idKey('cat/e\u0301'));
    expect(idKey('cat/1')).not.toBe(idKey('cat/2'));
  });
});

describe('projectPaths', () => {
  const paths = projectPaths(root);

  it('follows the published naming', () => {
    expect(paths.map('m', 'cat/1', 14)).toBe(join(root, 'maps/m/cat/1_14.png'));
    expect(paths.map('m', '1', 0, '.npy')).toBe(join(root, 'maps/m/1_0.npy'));
    expect(paths.mask('fused', '1')).toBe(join(root, 'masks/fused/1.png'));
    expect(paths.evaluation('fused')).toBe(join(root, 'evaluations/fused.json'));
  });

  it('keeps masks/corrected for masks made by hand', () => {
    expect(() => paths.masks('Corrected')).toThrow(/by hand/);
    expect(paths.correctedMask('1')).toBe(join(root, 'masks/corrected/1.png'));
  });

  it('lets neither names nor ids lead out of the folder', () => {
    fc.assert(
      fc.property(wickedPath, wickedPath, (name, id) => {
        try {
          expect(inside(paths.map(name, id, 0))).toBe(true);
        } catch (error) {
          expect((error as { code: string }).code).toMatch(/usage|id-unsafe|path-outside/);
        }
      }),
    );
  });
});
