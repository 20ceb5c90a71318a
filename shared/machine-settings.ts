import { z } from 'zod';

/** What a runtime computes on. */
export const devices = ['cpu', 'cuda'] as const;
export type Device = (typeof devices)[number];

const GIGABYTE = 2 ** 30;

/** Bounds of what a person may allow a cache, bytes: it must be of some use, and no more than a large disk. */
export const cacheBounds = { least: 64 * 2 ** 20, most: 1024 * GIGABYTE } as const;
const cacheBytes = z.number().int().min(cacheBounds.least).max(cacheBounds.most);

/** A pair of networks that answers clicks, by the paths of its files on this machine. */
export const clickModelSchema = z.object({
  name: z.string().min(1).max(100),
  encoder: z.string().min(1).max(4096),
  decoder: z.string().min(1).max(4096),
});
export type ClickModelFiles = z.infer<typeof clickModelSchema>;

/** Pairs that a machine knows at most. */
export const MOST_CLICK_MODELS = 32;

/** Settings of a machine, which all projects share: what may be changed, and within what. */
export const machineSettingsSchema = z.object({
  /** Where jobs compute that name no device; null for the GPU where there is one. */
  device: z.enum(devices).nullable(),
  /** Bytes of all thumbnails. */
  thumbnailBytes: cacheBytes,
  /** Bytes of all weights that were fetched from the catalogue. */
  downloadBytes: cacheBytes,
  /** Models for clicks; they stay where their files lie. */
  clickModels: z.array(clickModelSchema).max(MOST_CLICK_MODELS),
});
export type MachineSettings = z.infer<typeof machineSettingsSchema>;

/** Some 100,000 thumbnails; and every weights file of the catalogue several times over. */
export const machineDefaults: MachineSettings = {
  device: null,
  thumbnailBytes: GIGABYTE,
  downloadBytes: 8 * GIGABYTE,
  clickModels: [],
};

const { device, thumbnailBytes, downloadBytes, clickModels } = machineSettingsSchema.shape;

/** The settings as they are kept. What is missing or makes no sense takes its default, each for itself. */
export const machineSettingsFileSchema = z
  .object({
    device: device.catch(machineDefaults.device),
    thumbnailBytes: thumbnailBytes.catch(machineDefaults.thumbnailBytes),
    downloadBytes: downloadBytes.catch(machineDefaults.downloadBytes),
    clickModels: clickModels.catch([]),
  })
  .catch(machineDefaults);
