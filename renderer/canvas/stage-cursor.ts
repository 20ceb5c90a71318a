import type { TipShape } from '../../shared/label-map/tip.js';
import type { PaintSettings } from './surface.js';
import type { ToolName } from './tools/index.js';

/** The cursor that is drawn on the stage, in image coordinates and at its true size. */
export interface StageCursor {
  x: number;
  y: number;
  size: number;
  shape: TipShape;
  erases: boolean;
  /** How the tool is held where keys move the cursor; null: a pointer does. */
  byKeys: 'up' | 'down' | null;
}

interface Held {
  at: { x: number; y: number } | null;
  tool: ToolName;
  settings: PaintSettings;
  /** Whether what is pressed takes away, whatever the tool. */
  erasing: boolean;
  byKeys: StageCursor['byKeys'];
}

/** The tip of brush or eraser; of other tools the pixel that the keys are at, where a pointer has a cursor of its own. */
export function stageCursor({ at, tool, settings, erasing, byKeys }: Held): StageCursor | null {
  const hasTip = tool === 'brush' || tool === 'eraser';
  if (!at || !(hasTip || byKeys)) return null;
  const { x, y } = at;
  if (!hasTip) return { x, y, size: 1, shape: 'square', erases: erasing, byKeys };
  const erases = tool === 'eraser' || erasing;
  const size = erases ? settings.eraserSize : settings.brushSize;
  return { x, y, size, shape: settings.shape, erases: erases || settings.label === 0, byKeys };
}
