import type { CommandTable, Scope } from '../command.js';

/** Classes that have a digit. */
const digits = Array.from({ length: 9 }, (_, i) => String(i + 1));

type EditId = 'digit' | 'class' | 'tag' | 'review' | 'needsWork' | 'exclude';

/** What edits labels, tags and review, where the keyboard is in that scope. */
const tableOf = <Where extends Scope>(scope: Where) =>
  ({
    [`${scope}.digit`]: { scope, text: 'edit.byDigit', keys: digits, keysOnly: true, fixed: true },
    [`${scope}.class`]: { scope, text: 'edit.findClass', keys: ['L'] },
    [`${scope}.tag`]: { scope, text: 'edit.findTag', keys: ['T'] },
    [`${scope}.review`]: { scope, text: 'edit.review', keys: ['R'] },
    [`${scope}.needsWork`]: { scope, text: 'edit.needsWork', keys: ['Shift+R'] },
    [`${scope}.exclude`]: { scope, text: 'edit.exclude', keys: ['Shift+X'] },
  }) as unknown as CommandTable<`${Where}.${EditId}`>;

export const gridEditTable = tableOf('grid');
export const imageEditTable = tableOf('image');

/** Ways through the images that belong to editing. */
export const reviewTable = {
  'grid.jump': { scope: 'grid', text: 'edit.jump', keys: ['G'] },
  'image.nextUnreviewed': { scope: 'image', text: 'edit.nextUnreviewed', keys: ['Ctrl+ArrowRight'] },
  'image.previousUnreviewed': { scope: 'image', text: 'edit.previousUnreviewed', keys: ['Ctrl+ArrowLeft'] },
} as const satisfies CommandTable;
