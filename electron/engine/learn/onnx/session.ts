import type { InferenceSession } from 'onnxruntime-node';
import { StudioError, errorDetails } from '../../../../shared/errors.js';

export type OnnxRuntime = typeof import('onnxruntime-node');

/**
 * Loaded only when used: the runtime's library is large, and what needs no ONNX model works where it cannot be loaded.
 *
 * @param remedy what a person can do instead
 * @throws StudioError runtime-unsupported
 */
export async function loadOnnxRuntime(remedy: string): Promise<OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    throw new StudioError(
      {
        code: 'runtime-unsupported',
        message: `ONNX Runtime cannot be loaded here: ${errorDetails(error).message}`,
        remedy,
      },
      { cause: error },
    );
  }
}

/**
 * A model that is ready to run, from its bytes or its path. Running it holds up the thread that it runs on.
 *
 * @param file the model as the person knows it
 * @param threads of one run; as many as the machine has cores unless given
 * @throws StudioError weights-damaged
 */
export async function createSession(
  { InferenceSession: sessions }: OnnxRuntime,
  model: Uint8Array | string,
  file: string,
  threads?: number,
): Promise<InferenceSession> {
  // Fatal ones only: errors are thrown as well, and warnings come with every run at another size.
  const options = { logSeverityLevel: 4, ...(threads === undefined ? {} : { intraOpNumThreads: threads }) } as const;
  try {
    return typeof model === 'string' ? await sessions.create(model, options) : await sessions.create(model, options);
  } catch (error) {
    throw new StudioError(
      {
        code: 'weights-damaged',
        message: `not a usable ONNX model: ${errorDetails(error).message}`,
        file,
        remedy: 'Download the model again, or check that it is an ONNX file.',
      },
      { cause: error },
    );
  }
}
