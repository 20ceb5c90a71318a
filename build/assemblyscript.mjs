/**
 * Lets TypeScript import WebAssembly written beside it: `import binary from './x.wasm'` compiles ./x.as.ts, which is
 * AssemblyScript, and is its bytes. The same for the bundle (esbuild) and for tests (vitest, that is Vite).
 */
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';

/** No allocator, no checks, nothing imported but the memory: programs of loads, sums and stores. */
const OPTIONS = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='],
  ...['--enable', 'simd', '--importMemory', '--noExportMemory', '--maximumMemory', '65536'],
];

/** The bytes of the WebAssembly that an AssemblyScript file compiles to; rejects with the compiler's messages. */
async function compile(file) {
  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await asc.main([basename(file), '--outFile', 'binary.wasm', ...OPTIONS], {
    readFile: (name) => readFile(resolve(dirname(file), name), 'utf8').catch(() => null),
    writeFile: (_, contents) => (binary = contents),
    listFiles: () => [],
  });
  if (error) throw new Error(stderr.toString());
  return binary;
}

/** The source of ./x.wasm as imported from a file of `folder`. */
const sourceOf = (specifier, folder) => resolve(folder, specifier.replace(/\.wasm$/, '.as.ts'));

/** For the `plugins` of esbuild. */
export const assemblyScriptForEsbuild = {
  name: 'assemblyscript',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\/.*\.wasm$/ }, ({ path, resolveDir }) => ({
      path: sourceOf(path, resolveDir),
      namespace: 'assemblyscript',
    }));
    build.onLoad({ filter: /.*/, namespace: 'assemblyscript' }, async ({ path }) => ({
      contents: await compile(path),
      loader: 'binary',
    }));
  },
};

/** For the `plugins` of Vite. */
export const assemblyScriptForVite = {
  name: 'assemblyscript',
  enforce: 'pre',
  resolveId: (id, importer) =>
    /^\.\.?\/.*\.wasm$/.test(id) && importer ? `${sourceOf(id, dirname(importer))}?bytes` : null,
  async load(id) {
    if (!id.endsWith('.as.ts?bytes')) return null;
    const base64 = Buffer.from(await compile(id.slice(0, -'?bytes'.length))).toString('base64');
    return `export default new Uint8Array(Buffer.from('${base64}', 'base64'));`;
  },
};
