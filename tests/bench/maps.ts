/**
 * Multi-round maps of a set of photos at one scale with three references, preset `paper`, from JPEG to 8-bit PNG. The peer,
 * peers/maps.py, runs each pair of photo and reference through the net, as the published code does.
 *
 * Usage: npm run bench -- maps --limit 300
 */
import { mapsBench } from './support/maps.js';

await mapsBench('paper');
