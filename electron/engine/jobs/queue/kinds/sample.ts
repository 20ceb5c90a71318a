import type { Kind } from '../kind.js';

/** What the sample project comes with; a second start goes on. */
export const sampleKind: Kind<'sample'> = {
  lane: 'side',
  plan: ({ root }) => ({ inputs: { project: root, request: null }, settings: {} }),
};
