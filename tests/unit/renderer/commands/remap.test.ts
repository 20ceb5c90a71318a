import { describe, expect, it } from 'vitest';
import { isRemapped, ownKeys, withKey, withKeys, withoutKey } from '../../../../renderer/commands/remap.js';

const next = { id: 'next', keys: ['D', 'ArrowRight'] };

describe('changing the keys of a command', () => {
  it('adds, replaces and removes one, and leaves other commands alone', () => {
    const others = { back: ['B'] };
    expect(withKey(others, next, 'F')).toEqual({ back: ['B'], next: ['D', 'ArrowRight', 'F'] });
    expect(withKey(others, next, 'F', 'D')).toEqual({ back: ['B'], next: ['F', 'ArrowRight'] });
    expect(withoutKey(others, next, 'D')).toEqual({ back: ['B'], next: ['ArrowRight'] });
  });

  it('keeps a key once, and nothing where they are its own again', () => {
    const changed = withKey({}, next, 'D', 'ArrowRight');
    expect(changed).toEqual({ next: ['D'] });
    expect(isRemapped(next, changed)).toBe(true);
    expect(withKey(changed, next, 'ArrowRight')).toEqual({});
    expect(withKeys({ next: [] }, next, ['ArrowRight', 'D'])).toEqual({});
  });

  it('may take all of them away', () => {
    const none = withoutKey(withoutKey({}, next, 'D'), next, 'ArrowRight');
    expect([none, ownKeys(next, none)]).toEqual([{ next: [] }, []]);
  });
});
