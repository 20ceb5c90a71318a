import {
  Brush, Bubbles, CircleDot, Crop, Eraser, Expand, Hand, Hexagon, Lasso, PaintBucket, Pentagon, Pipette, Ruler, Shrink,
  MousePointerClick, ScanEye, Spline, WandSparkles,
} from '@lucide/vue'; // prettier-ignore
import type { Component } from 'vue';
import type { ActionName } from '../../canvas/actions.js';
import type { ToolName } from '../../canvas/tools/index.js';

/** Signs of the tools. */
export const toolIcons: Readonly<Record<ToolName, Component>> = {
  brush: Brush,
  eraser: Eraser,
  polygon: Pentagon,
  lasso: Lasso,
  fill: PaintBucket,
  wand: WandSparkles,
  superpixel: Hexagon,
  click: MousePointerClick,
  rederive: ScanEye,
  pick: Pipette,
  clip: Crop,
  measure: Ruler,
  hand: Hand,
};

/** Signs of what is done to the whole mask. */
export const actionIcons: Readonly<Record<ActionName, Component>> = {
  holes: CircleDot,
  grow: Expand,
  shrink: Shrink,
  smooth: Spline,
  islands: Bubbles,
};
