/**
 * Most pixels of a picture or mask that is decoded or edited: above the 200 million of the largest cameras. A header may claim
 * any number.
 */
export const MAX_PIXELS = 2 ** 28;
