import { fillOutline, type Corner, type OutlineMode } from '../../../shared/label-map/polygon.js';
import type { Surface } from '../surface.js';
import type { Pointer } from '../tool.js';

/** The mode of an outline that is begun: as set, and with the right button or Alt it takes away. */
export const modeOf = ({ settings }: Surface, { erase }: Pointer): OutlineMode => (erase ? 'subtract' : settings.outline); // prettier-ignore

/** Applies a closed outline as one step. */
export function applyOutline(surface: Surface, corners: readonly Corner[], mode: OutlineMode): void {
  const { label } = surface.settings;
  const edit = surface.begin();
  surface.took(fillOutline(edit, corners, label, mode));
  surface.commit(edit, { action: mode, label });
  surface.draft(null);
}
