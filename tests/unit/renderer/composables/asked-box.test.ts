import { expect, it } from 'vitest';
import { boxOf } from '../../../../renderer/composables/useAskedBox.js';

it('a box of an address is four numbers with an inside', () => {
  expect(boxOf('4,0,10,2.5')).toEqual({ left: 4, top: 0, width: 10, height: 2.5 });
  for (const none of [undefined, '', '1,2,3', '1,2,0,4', '-1,2,3,4', '1,2,3,x', '1,2,3,4,5', ['1,2,3,4']]) {
    expect(boxOf(none)).toBeNull();
  }
});
