import { refused } from '../../../shared/label-map/outcome.js';
import { contains } from '../../../shared/label-map/rect.js';
import { fillMask } from '../../../shared/label-map/replace.js';
import type { LabelMap } from '../../../shared/types.js';
import type { Click } from '../surface.js';
import type { Pointer, StateName, Tool } from '../tool.js';
import { pixelOf } from './pixel.js';

/**
 * Clicks on a thing, and with the right button or Alt beside it, which a model answers by a mask. Enter gives that the chosen
 * label, Backspace takes the last click back.
 */
export const click: Tool = {
  key: 'Q',
  clicks: true,
  states(surface) {
    let points: Click[] = [];
    let mask: LabelMap | null = null;
    let asked = 0;
    const show = (): void => surface.draft(points.length > 0 ? { kind: 'clicks', points, mask } : null);
    function drop(): void {
      asked++;
      [points, mask] = [[], null];
      show();
    }
    function ask(): void {
      const mine = ++asked;
      const begun = surface.segment(points, (answer) => {
        // Clicks came or went meanwhile.
        if (mine !== asked) return;
        mask = answer;
        show();
      });
      if (begun) return show();
      surface.took(refused('unmodelled'));
      drop();
    }
    function add(at: Pointer): StateName {
      const { map } = surface;
      if (!contains({ left: 0, top: 0, right: map.width, bottom: map.height }, pixelOf(at))) {
        surface.took(refused('outside'));
      } else {
        points = [...points, { x: at.x, y: at.y, positive: !at.erase }];
        ask();
      }
      return points.length > 0 ? 'pointing' : 'idle';
    }
    function key(name: string): StateName | null {
      if (name === 'Backspace') {
        points = points.slice(0, -1);
        if (points.length > 0) ask();
        else drop();
        return points.length > 0 ? 'pointing' : 'idle';
      }
      if (name !== 'Enter') return null;
      if (!mask) {
        surface.took(refused('waiting'));
        return 'pointing';
      }
      const edit = surface.begin();
      const { label } = surface.settings;
      surface.took(fillMask(edit, mask.data, label));
      surface.commit(edit, { action: 'click', label });
      drop();
      return 'idle';
    }
    return {
      idle: { down: add },
      pointing: { down: add, key, cancel: drop, interrupt: drop },
    };
  },
};
