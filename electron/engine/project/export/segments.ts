import type { ExportSettings } from '../../../../shared/settings/index.js';
import { IGNORE, type LabelMap } from '../../../../shared/types.js';
import {
  bridgeHoles,
  labelComponents,
  traceComponents,
  type Component,
  type Components,
  type Connectivity,
  type Ring,
} from '../../images/regions/index.js';

/** One object of a mask: a component, or all of a label. */
export interface Segment extends Component {
  /** Places of its components. */
  parts: number[];
}

/** A mask as objects: `ids` int32 [height, width] is the place of each pixel's segment, -1 where there is none. */
export interface Segments {
  width: number;
  height: number;
  ids: Int32Array;
  segments: Segment[];
  pieces: Components;
}

/** What decides about shapes. */
export type ShapeSettings = Pick<ExportSettings, 'instances' | 'connectivity' | 'minArea' | 'ignore'>;

/** The neighbours that the settings ask for, as the number they are. */
const connectivityOf = ({ connectivity }: ShapeSettings): Connectivity => (connectivity === '4' ? 4 : 8);

function around(a: Component['box'], b: Component['box']): Component['box'] {
  const [left, top] = [Math.min(a.left, b.left), Math.min(a.top, b.top)];
  const right = Math.max(a.left + a.width, b.left + b.width);
  const bottom = Math.max(a.top + a.height, b.top + b.height);
  return { left, top, width: right - left, height: bottom - top };
}

/** Cuts a mask into the objects that the settings ask for; undecided pixels are objects of label 255, or left out. */
export function segmentsOf(mask: LabelMap, settings: ShapeSettings): Segments {
  const { width, height } = mask;
  const pieces = labelComponents(mask, connectivityOf(settings));
  const segments: Segment[] = [];
  const byLabel = new Map<number, number>();
  const placeOf = pieces.components.map((component, part) => {
    const { label, area, box } = component;
    if (area < settings.minArea || (label === IGNORE && settings.ignore === 'leave-out')) return -1;
    const place = settings.instances === 'class' ? byLabel.get(label) : undefined;
    if (place === undefined) {
      byLabel.set(label, segments.length);
      return segments.push({ ...component, parts: [part] }) - 1;
    }
    const segment = segments[place];
    segment.area += area;
    segment.box = around(segment.box, box);
    segment.parts.push(part);
    return place;
  });
  return { width, height, ids: pieces.ids.map((id) => (id < 0 ? -1 : placeOf[id])), segments, pieces };
}

/** The polygons of each segment, one a component, holes tied to the outline by bridges. */
export function polygonsOf({ segments, pieces }: Segments, settings: ShapeSettings): Ring[][] {
  const outlines = traceComponents(pieces, connectivityOf(settings));
  return segments.map(({ parts }) => parts.map((part) => bridgeHoles(outlines[part])));
}
