import { z } from 'zod';

/** What a runtime computes on. */
export const devices = ['cpu', 'cuda'] as const;
export type Device = (typeof devices)[number];

const GIGABYTE = 2 ** 30;

/** Bounds of what a person may allow a cache, bytes: it must be of some use, and no more than a large disk. */
export const cacheBounds = { least: 64 * 2 ** 20, most: 1024 * GIGABYTE } as const;
const cacheBytes = z.number().int().min(cacheBounds.least).max(cacheBounds.most);

/** Settings of a machine, which all projects share: what may be changed, and within what. */
export const machineSettingsSchema = z.object({
  /** Where jobs compute that name no device; null for the GPU where there is one. */
  device: z.enum(devices).nullable(),
  /** Bytes of all thumbnails. */
  thumbnailBytes: cacheBytes,
  /** Bytes of all weights that were fetched from the catalogue. */
  downloadBytes: cacheBytes,
});
export type MachineSettings = z.infer<typeof machineSettingsSchema>;

/** Some 100,000 thumbnails; and every weights file of the catalogue several times over. */
export const machineDefaults: MachineSettings = {
  device: null,
  thumbnailBytes: GIGABYTE,
  downloadBytes: 8 * GIGABYTE,
};

const { device, thumbnailBytes, downloadBytes } = machineSettingsSchema.shape;

/** The settings as they are kept. What is missing or makes no sense takes its default, each for itself. */
export const machineSettingsFileSchema = z
  .object({
    device: device.catch(machineDefaults.device),
    thumbnailBytes: thumbnailBytes.catch(machineDefaults.thumbnailBytes),
    downloadBytes: downloadBytes.catch(machineDefaults.downloadBytes),
  })
  .catch(machineDefaults);
