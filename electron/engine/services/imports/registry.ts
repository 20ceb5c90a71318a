import type { MapSourceName } from '../../../../shared/project.js';
import { npyMaps } from './npy-maps.js';
import { pngMaps } from './png-maps.js';
import type { MapSource } from './source.js';

/** Every way in which maps of others are read. */
export const mapSources: Record<MapSourceName, MapSource> = {
  png: pngMaps,
  npy: npyMaps,
};
