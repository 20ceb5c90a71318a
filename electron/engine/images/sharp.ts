import sharp from 'sharp';

/**
 * The decoder, which reads the kinds of picture that photos come in and nothing else: its other readers (SVG above all)
 * follow links and run programs of their own. It keeps nothing of one file for the next, so its memory does not grow and
 * a file that was replaced is read anew.
 */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['Jpeg', 'Png', 'Webp', 'Tiff', 'Nsgif', 'Heif'].map((kind) => `VipsForeignLoad${kind}`) });
sharp.cache(false);

export { sharp };
