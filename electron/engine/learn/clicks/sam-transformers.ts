import { coordinates, labels, type ClickFamily, type DecoderCall, type Values } from './family.js';

/** A batch of one thing to find. */
const ofOne =
  (values: (call: DecoderCall) => Values) =>
  (call: DecoderCall): Values => {
    const { numbers, shape } = values(call);
    return { numbers, shape: [1, ...shape] };
  };

/** SAM as Hugging Face's Optimum exports it (`vision_encoder.onnx`, `prompt_encoder_mask_decoder.onnx`), SlimSAM among it. */
export const samTransformers: ClickFamily = {
  name: 'sam-transformers',
  fits: (inputs) => inputs.includes('input_points') && inputs.includes('image_positional_embeddings'),
  framing: 'padded',
  pointForNoBox: false,
  inputs: { input_points: ofOne(coordinates), input_labels: ofOne(labels) },
  masks: ['pred_masks'],
  scores: ['iou_scores'],
};
