import { loadTensorflow } from '../../learn/runtime/load.js';
import type { Device } from '../../learn/runtime/release.js';
import type { Tf } from '../../learn/runtime/tensorflow.js';

/**
 * The tensor library for a task. It computes one sum at once: a thread that has loaded the native library and ends
 * without having computed anything takes the whole process with it (segmentation fault in the library's clean-up).
 */
export async function taskTensorflow(device?: Device): Promise<Tf> {
  const tf = await loadTensorflow({ device });
  tf.tidy(() => {
    tf.add(tf.scalar(1), tf.scalar(1)).dataSync();
  });
  return tf;
}
