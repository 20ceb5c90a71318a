/** Text that is markup already: everything else is escaped where it enters a page. */
export class Markup {
  constructor(readonly text: string) {}
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand between tags and inside quoted attributes. */
export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]);

export type Content = Markup | string | number | null | undefined | readonly Content[];

function render(content: Content): string {
  if (content === null || content === undefined) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(render).join('');
  return escapeText(String(content));
}

/** A template of markup: values are escaped unless they are markup themselves; lists are joined, null is nothing. */
export function markup(parts: TemplateStringsArray, ...values: Content[]): Markup {
  return new Markup(parts.reduce((text, part, at) => text + render(values[at - 1]) + part));
}
