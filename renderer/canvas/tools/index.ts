import type { Tool } from '../tool.js';
import { click } from './click.js';
import { clip } from './clip.js';
import { fill } from './fill.js';
import { hand } from './hand.js';
import { lasso } from './lasso.js';
import { measure } from './measure.js';
import { pick } from './pick.js';
import { polygon } from './polygon.js';
import { rederive } from './rederive.js';
import { brush, eraser } from './stroke.js';
import { superpixel } from './superpixel.js';
import { wand } from './wand.js';

const all = {
  brush,
  eraser,
  polygon,
  lasso,
  fill,
  wand,
  superpixel,
  click,
  rederive,
  pick,
  clip,
  measure,
  hand,
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof all;
/** Every tool by its name, in the order of the rail. */
export const tools: Readonly<Record<ToolName, Tool>> = all;
export const toolNames = Object.keys(tools) as ToolName[];
