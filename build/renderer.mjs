/**
 * Builds the studio's page, the Vue app of renderer/, into dist/renderer, where the engine finds it.
 *
 * Usage: node build/renderer.mjs
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(import.meta.dirname ?? fileURLToPath(new URL('.', import.meta.url)), '..');

/** The screen that nearly every start leads to. */
const FIRST_SCREEN = 'views/DatasetView.vue';

/** Has the page load its first screen beside its frame, not after it: one round of waiting less at every start. */
function preloadFirstScreen() {
  return {
    name: 'preload-first-screen',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const screen = Object.values(bundle ?? {}).find(({ facadeModuleId }) => facadeModuleId?.endsWith(FIRST_SCREEN));
        const links = screen ? filesOf(bundle, screen).filter((file) => !html.includes(file)) : [];
        return links.map((file) => ({ tag: 'link', injectTo: 'head', attrs: preloading(`/${file}`) }));
      },
    },
  };
}

/** Scripts and style sheets of a chunk and of all that it imports. */
function filesOf(bundle, chunk, seen = new Set()) {
  if (seen.has(chunk.fileName)) return [];
  seen.add(chunk.fileName);
  const styles = [...(chunk.viteMetadata?.importedCss ?? [])];
  return [
    ...new Set([chunk.fileName, ...styles, ...chunk.imports.flatMap((name) => filesOf(bundle, bundle[name], seen))]),
  ];
}

/** Style sheets apply at once (their rules are of their components alone): one that is only preloaded and not used is told of. */
const preloading = (href) => ({ rel: href.endsWith('.css') ? 'stylesheet' : 'modulepreload', crossorigin: true, href });

/** Vite's settings of the page; the tests of its components use them as well. */
export async function rendererConfig() {
  const { default: vue } = await import('@vitejs/plugin-vue');
  return {
    root: resolve(root, 'renderer'),
    configFile: false,
    plugins: [vue()],
    // The page's policy forbids <style> elements; this one adopts style sheets instead.
    resolve: { alias: { '@primevue/core/usestyle': resolve(root, 'renderer/theme/adopted-style.ts') } },
    define: { __VUE_OPTIONS_API__: true, __VUE_PROD_DEVTOOLS__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  };
}

/** Writes dist/renderer. Rejects with Vite's messages where the sources do not compile. */
export async function buildRenderer() {
  const { build } = await import('vite');
  const { NODE_ENV } = process.env;
  try {
    const settings = await rendererConfig();
    await build({
      ...settings,
      plugins: [...settings.plugins, preloadFirstScreen()],
      logLevel: 'warn',
      build: {
        outDir: resolve(root, 'dist/renderer'),
        emptyOutDir: true,
        target: 'chrome120',
        // The page's policy lets fonts come from files alone.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 1000,
      },
    });
  } finally {
    // Vite says `production` to the whole process, and with it to the tests that `npm test` starts after this.
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildRenderer();
