import { coordinates, labels, noMask, no, photoSize, type ClickFamily } from './family.js';

/**
 * Segment Anything (Kirillov et al., ICCV 2023) and what was made after it with the same decoder (MobileSAM, HQ-SAM), as
 * `export_onnx_model.py` of segment-anything writes it.
 */
export const sam: ClickFamily = {
  name: 'sam',
  fits: (inputs) => inputs.includes('point_coords') && inputs.includes('image_embeddings'),
  framing: 'padded',
  pointForNoBox: true,
  inputs: {
    point_coords: coordinates,
    point_labels: labels,
    mask_input: noMask,
    has_mask_input: no,
    orig_im_size: photoSize,
  },
  masks: ['masks', 'low_res_masks'],
  scores: ['iou_predictions'],
};
