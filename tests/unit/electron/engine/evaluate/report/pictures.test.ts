import { describe, expect, it } from 'vitest';
import { outcomeMap, paintOutcomes } from '../../../../../../electron/engine/evaluate/report/error-map.js';
import { outcomes } from '../../../../../../shared/outcomes.js';
import { escapeText, markup } from '../../../../../../electron/engine/evaluate/report/markup.js';
import { heat, shrinkLabels, thumbnailSize } from '../../../../../../electron/engine/evaluate/report/thumbnails.js';
import { map } from '../maps.js';

describe('the error map', () => {
  it('names what happened at each pixel; an undecided one counts as background', () => {
    const truth = map(7, 1, [0, 1, 1, 0, 1, 255, 1]);
    const mask = map(7, 1, [0, 1, 0, 2, 2, 2, 255]);
    const named = [...outcomeMap(truth, mask).data].map((at) => outcomes[at]);
    expect(named).toEqual(['background', 'object', 'missed', 'invented', 'confused', 'ignored', 'missed']);
  });

  it('paints mistakes in their colours and the rest in grey, objects brighter than background', () => {
    const places = ['background', 'object', 'invented', 'missed'].map((name) => outcomes.indexOf(name as never));
    // x = 1 and 2 carry no mark of the textures of row 0 there.
    const rgb = paintOutcomes(map(4, 1, [places[0], places[2], places[1], places[3]]), new Uint8Array(4).fill(100));
    expect([...rgb.subarray(0, 3)]).toEqual([35, 35, 35]);
    expect([...rgb.subarray(3, 6)]).toEqual([0xd5, 0x5e, 0x00]);
    expect([...rgb.subarray(6, 9)]).toEqual([85, 85, 85]);
    expect([...rgb.subarray(9, 12)]).toEqual([0x00, 0x72, 0xb2]);
  });
});

describe('thumbnails', () => {
  it('fit 160 px and are never larger than the image', () => {
    expect(thumbnailSize({ width: 500, height: 375 })).toEqual({ width: 160, height: 120 });
    expect(thumbnailSize({ width: 30, height: 40 })).toEqual({ width: 30, height: 40 });
    expect(thumbnailSize({ width: 4000, height: 1 })).toEqual({ width: 160, height: 1 });
  });

  it('of label maps hold labels of the map only', () => {
    const labels = map(
      400,
      2,
      Array.from({ length: 800 }, (_, at) => (at % 2 ? 200 : 3)),
    );
    const { width, height, data } = shrinkLabels(labels);
    expect([width, height]).toEqual([160, 1]);
    expect(data.every((label) => label === 3 || label === 200)).toBe(true);
  });

  it('show maps in 256 colours that grow brighter', () => {
    const luma = heat.map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b);
    expect(heat).toHaveLength(256);
    expect(luma.every((value, at) => at === 0 || value > luma[at - 1] - 1)).toBe(true);
  });
});

describe('markup', () => {
  it('escapes texts, keeps markup, joins lists and leaves out nothing', () => {
    const item = markup`<li>${'<&>'}</li>`;
    expect(markup`<ul title="${`"'`}">${[item, item]}${null}${undefined}${0}</ul>`.text).toBe(
      '<ul title="&quot;&#39;"><li>&lt;&amp;&gt;</li><li>&lt;&amp;&gt;</li>0</ul>',
    );
    expect(escapeText('a')).toBe('a');
  });
});
