/**
 * The published five-map aggregate of a set of photos (the photo beside itself mirrored, at 0.75x and at 2x, and three
 * references), preset `reference`, from JPEG to 8-bit PNG. The peer is peers/maps-reference.py.
 *
 * Usage: npm run bench -- maps-reference --limit 300
 */
import { mapsBench } from './support/maps.js';

await mapsBench('reference');
