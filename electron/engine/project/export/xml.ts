import { XMLBuilder } from 'fast-xml-parser';

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  suppressEmptyNode: true,
  // An attribute that says "true" would lose its value otherwise, and the document its form.
  suppressBooleanAttributes: false,
});

/** Elements as text; keys that begin with `@` are attributes, lists are several elements of one name. */
export const xmlOf = (elements: Record<string, unknown>): string => builder.build(elements) as string;
