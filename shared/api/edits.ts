import { z } from 'zod';
import { reviewStates, tagSchema } from '../dataset/review.js';
import { idSchema, projectParams } from './common.js';
import { imageQuerySchema } from './images.js';
import { route } from './route.js';

/** Ids that one request may name; a larger selection is a query with exceptions. */
export const MOST_IDS = 20_000;

const ids = z.array(idSchema).max(MOST_IDS);
const classes = z.array(z.number().int().min(0).max(253)).max(254).default([]);
const tags = z.array(tagSchema).max(100).default([]);

/** Images that are to be changed: those named, or all that a query finds but for some. */
export const selectionSchema = z.union([
  z.strictObject({ ids }),
  z.strictObject({ query: imageQuerySchema, except: ids.default([]) }),
]);
export type ImageSelection = z.output<typeof selectionSchema>;

const disjoint = (added: readonly unknown[], removed: readonly unknown[]): boolean =>
  added.every((one) => !removed.includes(one));

/** What a person does to images. An image that is so already stays as it is. */
export const imageChangeSchema = z
  .strictObject({
    addClasses: classes,
    removeClasses: classes,
    addTags: tags,
    removeTags: tags,
    review: z.enum(reviewStates).optional(),
  })
  .refine(({ addClasses, removeClasses }) => disjoint(addClasses, removeClasses), 'a class is both added and removed')
  .refine(({ addTags, removeTags }) => disjoint(addTags, removeTags), 'a tag is both added and removed');
export type ImageChange = z.output<typeof imageChangeSchema>;

/** Something that was done to images and can be taken back. */
export const editSchema = z.object({
  number: z.number().int(),
  change: imageChangeSchema,
  /** Images that it changed. */
  images: z.number().int(),
  /** ISO 8601, UTC. */
  at: z.string(),
});
export type Edit = z.output<typeof editSchema>;

const editAnswer = z.object({ edit: editSchema.nullable() });

export const editRoutes = {
  apply: route({
    method: 'POST',
    path: '/api/projects/:project/edits',
    summary: 'changes labels, tags or review of many images at once; null where all of them were so already',
    params: projectParams,
    body: z.strictObject({ selection: selectionSchema, change: imageChangeSchema }),
    answer: editAnswer,
  }),
  undo: route({
    method: 'POST',
    path: '/api/projects/:project/edits/undo',
    summary: 'takes the latest edit back, also one from before the last start; null where there is none',
    params: projectParams,
    body: z.strictObject({}),
    answer: editAnswer,
  }),
  redo: route({
    method: 'POST',
    path: '/api/projects/:project/edits/redo',
    summary: 'does again what was taken back last; null where there is nothing',
    params: projectParams,
    body: z.strictObject({}),
    answer: editAnswer,
  }),
  next: route({
    method: 'GET',
    path: '/api/projects/:project/edits',
    summary: 'the edits that undo and redo would take',
    params: projectParams,
    answer: z.object({ undo: editSchema.nullable(), redo: editSchema.nullable() }),
  }),
  tags: route({
    method: 'GET',
    path: '/api/projects/:project/tags',
    summary: 'the tags that images have',
    params: projectParams,
    answer: z.object({ tags: z.array(z.object({ name: z.string(), images: z.number().int() })) }),
  }),
} as const;
