import type { ClickFamily } from './family.js';
import { sam } from './sam.js';

/**
 * SAM 2 (Ravi et al., 2024): its decoder also wants the encoder's finer features, finds out itself that there is no box,
 * and photos are pulled to the edges of its picture.
 */
export const sam2: ClickFamily = {
  ...sam,
  name: 'sam2',
  fits: (inputs) => inputs.includes('point_coords') && inputs.includes('high_res_feats_0'),
  framing: 'stretched',
  pointForNoBox: false,
};
