import { z } from 'zod';

/** What a person has said of an image; the first until then. */
export const reviewStates = ['unreviewed', 'reviewed', 'needs-work'] as const;
export type ReviewState = (typeof reviewStates)[number];

/** Characters of the longest tag. */
export const LONGEST_TAG = 60;

/** Tag of images that are to be looked at before all others of the review queue; accepting the mask takes it away. */
export const REVIEW_QUEUE_TAG = 'review-queue';

/** Tag of images that nothing is learnt from: neither a training nor, as their references, the maps of others. */
export const EXCLUDED_TAG = 'excluded';

/** A word of a person about an image: text without control characters, blanks around it taken away. */
export const tagSchema = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(LONGEST_TAG)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'a tag holds no control characters'),
  );
