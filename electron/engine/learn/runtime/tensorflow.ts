import type * as Tfjs from '@tensorflow/tfjs';

/** The tensor library with the native backend behind it. */
export type Tf = typeof Tfjs;
