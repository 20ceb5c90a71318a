import { stat } from 'node:fs/promises';

/** A text that differs once a file was changed or replaced, from its size and time; null where there is no such file. */
export async function fileVersion(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return null;
  return `${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}`;
}
