import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StudioError } from '../../../../shared/errors.js';
import { withAttributeLists } from './binding-lists.js';
import { BINDING } from './installed.js';
import type { Release } from './release.js';
import { runProcess, type RunProcess } from './run-process.js';

/** A C++ compiler: the program and the arguments that come before every other. */
export interface Compiler {
  command: string;
  prefix: readonly string[];
}

/** What the compiler is given; `folder` is the runtime that is being put together. */
export interface CompileInputs {
  folder: string;
  /** Folder of the headers, as the wheel lays them. */
  include: string;
  /** Folder of the npm package with `binding/*.cc`. */
  binding: string;
  /** Folder of Node's C headers. */
  nodeHeaders: string;
  release: Release;
}

const NAPI_VERSION = 8;
/** The npm package's source that attribute lists are added to, and its name in the runtime that is put together. */
const BACKEND = 'tfjs_backend.cc';

/** The folders of the npm packages that the binding is compiled from. */
export function bindingSources(): Pick<CompileInputs, 'binding' | 'nodeHeaders'> {
  const require = createRequire(import.meta.url);
  const headers = require('node-api-headers') as { include_dir: string };
  return {
    binding: dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json')),
    nodeHeaders: headers.include_dir,
  };
}

/**
 * Arguments that compile the binding of the npm package into `folder`. The libraries are found again relative to the
 * binding, so the folder can be moved.
 */
export function compileArguments({ folder, include, binding, nodeHeaders, release }: CompileInputs): string[] {
  const apple = release.platform.startsWith('darwin');
  return [
    ...['-O2', '-std=c++17', '-fPIC', `-DNAPI_VERSION=${NAPI_VERSION}`],
    ...(apple ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
    ...[nodeHeaders, binding, join(binding, 'binding'), include].map((path) => `-I${path}`),
    ...[join(folder, BACKEND), join(binding, 'binding', 'tfjs_binding.cc')],
    ...release.libraries.map((library) => join(folder, 'tensorflow', library)),
    `-Wl,-rpath,${apple ? '@loader_path' : '$ORIGIN'}/tensorflow`,
    ...['-o', join(folder, BINDING)],
  ];
}

/** The first compiler that answers: CXX where set, else g++, clang++, c++. Null where there is none. */
export async function findCompiler(
  run: RunProcess = runProcess,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Compiler | null> {
  for (const command of [env.CXX, 'g++', 'clang++', 'c++']) {
    if (!command) continue;
    const result = await run(command, ['--version']).catch(() => null);
    if (result?.code === 0) return { command, prefix: [] };
  }
  return null;
}

/** Compiles the binding. Throws tool-missing with the compiler's first words of complaint. */
export async function compileBinding(
  compiler: Compiler,
  inputs: CompileInputs,
  { signal, run = runProcess, env }: { signal?: AbortSignal; run?: RunProcess; env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  const source = join(inputs.folder, BACKEND);
  await writeFile(source, withAttributeLists(await readFile(join(inputs.binding, 'binding', BACKEND), 'utf8')));
  const { code, stdout, stderr } = await run(compiler.command, [...compiler.prefix, ...compileArguments(inputs)], {
    signal,
    env: { ...process.env, ...env },
  });
  await rm(source);
  if (code === 0) return;
  const output = `${stdout}\n${stderr}`;
  if (/No space left on device/i.test(output)) {
    throw new StudioError({
      code: 'disk-full',
      message: 'the disk is full: the binding could not be compiled',
      file: inputs.folder,
      remedy: 'Free some disk space and try again.',
    });
  }
  const line = output.split('\n').find((text) => /error/i.test(text)) ?? output.trim().split('\n').pop();
  throw new StudioError({
    code: 'tool-missing',
    message: `${compiler.command} could not compile the binding: ${line || `it ended with ${code}`}`,
    remedy: 'Install a current g++ or clang++, or name another compiler in CXX.',
  });
}
