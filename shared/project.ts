import { z } from 'zod';
import { mappedClassSchema } from './class-map.js';
import type { ReviewState } from './dataset/review.js';
import { domains, type Domain } from './types.js';

/** Version of the project folder's layout; a folder of a later version is refused, never guessed at. */
export const PROJECT_SCHEMA = 1;

const byte = z.number().int().min(0).max(255);

/** What the pixel values of a dataset's ground truth mean; each name is one of the conventions in images/truth. */
export const truthConventions = ['voc', 'zero-based', 'coco-stuff', 'cityscapes'] as const;
export type TruthConventionName = (typeof truthConventions)[number];

/** What a dataset can be read as, in the order in which `auto` tries them; each is one of project/formats. */
export const datasetFormatNames = ['voc', 'coco', 'yolo', 'csv', 'folders', 'plain'] as const;

/** What masks can be exported as, in the order of the help; each is one of project/export. */
export const exportFormatNames = ['voc', 'voc-server', 'png', 'coco', 'yolo', 'cvat', 'labelstudio'] as const;

/** How maps that others made are kept; each name is one of the sources in services/imports. */
export const mapSourceNames = ['png', 'npy'] as const;
export type MapSourceName = (typeof mapSourceNames)[number];

/** One folder of photos a project draws on. Images refer to it by its place in the list, so entries are never removed. */
export const datasetSchema = z.object({
  /** Absolute path; photos stay there. */
  root: z.string().min(1),
  /** Name of the format that read it. */
  format: z.string().min(1),
  domain: z.enum(domains),
  /** How it writes the pictures of its ground truth, where that is not VOC's way. */
  truth: z.object({ convention: z.enum(truthConventions) }).optional(),
  /** Its classes in its order, with what the project calls them, where that is not the same. */
  classes: z.array(mappedClassSchema).optional(),
});
export type DatasetRoot = z.infer<typeof datasetSchema>;

/** project.json. */
export const projectConfigSchema = z.object({
  schema: z.literal(PROJECT_SCHEMA),
  name: z.string().min(1),
  /** Names of the K classes; class k has label k + 1 in a label map. */
  classes: z.array(z.string().min(1)).min(1).max(254),
  /** `voc`, or one RGB colour for each of the K + 1 labels, background first. */
  palette: z.union([z.literal('voc'), z.array(z.tuple([byte, byte, byte]))]).default('voc'),
  datasets: z.array(datasetSchema).default([]),
});
export type ProjectConfig = z.infer<typeof projectConfigSchema>;

/** One image of a project. */
export interface ImageRecord {
  /** Photo's path inside its dataset without extension, `/` between folders, Unicode NFC; unique whatever the case. */
  id: string;
  /** Place of its dataset in project.json. */
  dataset: number;
  /** Photo's path inside the dataset root. */
  path: string;
  /** Size in pixels as shown, that is with the EXIF orientation applied. */
  width: number;
  height: number;
  split: string | null;
  domain: Domain;
  /** 0-based, ascending; empty where the dataset gives no labels. */
  classes: number[];
  /** Path of the ground truth inside the dataset root; `/truth/{id}.png` where an import drew it into the project. */
  truth: string | null;
}

/** What an image query may narrow by; left out means any. */
export interface ImageFilter {
  /** null: images that belong to no split. */
  split?: string | null;
  /**
   * Only images to learn from: none that a person has excluded; with `split`, also those of other domains than the target that
   * belong to none.
   */
  learnt?: boolean;
  domain?: Domain;
  classIndex?: number;
  ids?: readonly string[];
  /** Only images with at least one label, or only those without. */
  labelled?: boolean;
  /** Only images with ground truth, or only those without. */
  withTruth?: boolean;
  /** Without the labels that were dropped after an audit: `classes` lacks them, `classIndex` and `labelled` pass them by. */
  kept?: boolean;
  /** Only images in this state of review. */
  review?: ReviewState;
  limit?: number;
  offset?: number;
}

/** Things a project makes; each has a name of its own and remembers what it was made from. */
export const artifactKinds = ['run', 'maps', 'saliency', 'masks', 'predictions', 'evaluation'] as const;
export type ArtifactKind = (typeof artifactKinds)[number];

export interface ArtifactRef {
  kind: ArtifactKind;
  name: string;
}

export interface Artifact extends ArtifactRef {
  /** What it was made from, e.g. the run of a map set. */
  parents: ArtifactRef[];
  /** Settings it was made with, as JSON. */
  settings: Record<string, unknown>;
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** Whose reference set: of a class, or of one image and class. */
export interface ReferenceScope {
  classIndex: number;
  imageId?: string;
}

/** How much a run trusts one image-level label (docs/method.md, "Noisy labels"). */
export interface LabelConfidence {
  imageId: string;
  classIndex: number;
  /** 0..1; the lower, the more likely the label is wrong. */
  confidence: number;
  /** The classifier's probability of the class, 0..1. */
  probability: number;
  /** Agreement with the class's confident images, 0..1; null where there was no other image. */
  agreement: number | null;
  /** A class that the classifier finds likelier than this one and that is not among the image's labels. */
  suggested: number | null;
}

/** A label that counts less than the dataset says: 0 is dropped. The dataset itself stays as it is. */
export interface LabelChange {
  imageId: string;
  classIndex: number;
  /** 0..1, less than 1. */
  weight: number;
  /** Run by whose audit it was changed. */
  run: string;
}
