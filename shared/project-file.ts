import { z } from 'zod';

/** Ending of the small file by which a desktop opens a project: a double click on it. */
export const PROJECT_FILE_ENDING = '.comask';

/** Bytes that such a file may have. */
export const PROJECT_FILE_BYTES = 4096;

/** A folder below that of the file: `.` for its own, or names with `/` between. Nothing that leads up or elsewhere. */
const folderSchema = z
  .string()
  .max(500)
  .refine(
    (path) => path === '.' || path.split('/').every((name) => !['', '.', '..'].includes(name) && !/[\\:\u0000-\u001f]/.test(name)), // prettier-ignore
    'expected a folder below that of the file, as in "." or "birds/project"',
  );

/** What a `.comask` file says: which folder the project is. */
export const projectFileSchema = z.object({
  /** Version of the file. */
  comask: z.literal(1),
  project: folderSchema,
});
export type ProjectFile = z.infer<typeof projectFileSchema>;
