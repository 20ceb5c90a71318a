import h5wasm from 'h5wasm';

/** One dataset: its path, shape, and numbers; compressed where `gzip` is given. */
export interface H5Dataset {
  path: string;
  shape: number[];
  data: Float32Array | Float64Array | Int32Array | BigInt64Array | string[];
  gzip?: number;
}

/** The bytes of an HDF5 file with these datasets, in groups as their paths say, in the old layout that Keras writes. */
export async function h5File(datasets: readonly H5Dataset[]): Promise<Uint8Array> {
  const { FS } = await h5wasm.ready;
  const path = `/made-${datasets.length}.h5`;
  const file = new h5wasm.File(path, 'w', { libver: ['earliest', 'latest'] });
  for (const { path: name, shape, data, gzip } of datasets) {
    const parts = name.split('/').filter(Boolean);
    const group = parts.slice(0, -1).reduce<InstanceType<typeof h5wasm.Group>>((parent, part) => {
      return parent.keys().includes(part)
        ? (parent.get(part) as InstanceType<typeof h5wasm.Group>)
        : parent.create_group(part);
    }, file);
    const compression = gzip === undefined ? {} : { chunks: shape, compression: gzip };
    group.create_dataset({ name: parts.at(-1)!, data, shape, ...compression });
  }
  file.close();
  return FS.readFile(path) as Uint8Array;
}
