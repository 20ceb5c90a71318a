import { readonly, ref, type Ref } from 'vue';

/** Name of a style sheet of PrimeVue and the sheet that stands for it. */
const sheets = new Map<string, CSSStyleSheet>();

interface Options {
  name?: string;
  /** Before the others, so that they win. */
  first?: boolean;
}

interface Style {
  id: string | undefined;
  name: string | undefined;
  el: Ref<null>;
  css: Ref<string>;
  load(css?: string, props?: Options): void;
  unload(): void;
  isLoaded: Readonly<Ref<boolean>>;
}

/**
 * Stands in for PrimeVue's own function of this name, which writes <style> elements. The page's policy
 * (`style-src 'self'`) forbids those, and rightly; a style sheet made by script is allowed. A sheet that is asked for again
 * with other rules takes them in place of the earlier ones.
 */
export function useStyle(rules: string, options: Options = {}): Style {
  const css = ref(rules);
  const isLoaded = ref(false);
  const load = (text = css.value, props: Options = {}): void => {
    const name = props.name ?? options.name ?? text;
    const known = sheets.get(name);
    const sheet = known ?? new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(name, sheet);
    isLoaded.value = true;
    if (known) return;
    const adopted = document.adoptedStyleSheets;
    document.adoptedStyleSheets = (props.first ?? options.first) ? [sheet, ...adopted] : [...adopted, sheet];
  };
  const unload = (): void => undefined;
  load();
  return { id: undefined, name: options.name, el: ref(null), css, load, unload, isLoaded: readonly(isLoaded) };
}
