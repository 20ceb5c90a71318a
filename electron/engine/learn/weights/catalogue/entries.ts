import type { WeightUse } from '../../../../../shared/api/machine.js';
import mobilenetFiles from './mobilenet-files.json' with { type: 'json' };

/** What a file must hash to, in lower-case hex. */
export interface Digest {
  algorithm: 'sha256' | 'md5';
  hex: string;
}

/** One file to download. */
export interface CatalogueFile {
  /** Where it goes below the folder of weights, `/` between parts. */
  path: string;
  address: string;
  bytes: number;
  digest: Digest;
}

/** Weights that can be fetched by name, from whoever published them. */
export interface CatalogueEntry {
  name: string;
  for: WeightUse;
  /** What they are for, as a list shows it. */
  use: string;
  licence: string;
  /** Who states the digest: a reader of the list can judge from it how much it proves. */
  digestFrom: string;
  /** File or folder below the folder of weights that commands are given. */
  path: string;
  files: CatalogueFile[];
}

type OneFile = Omit<CatalogueEntry, 'path' | 'files'> & Omit<CatalogueFile, 'path'>;

/** An entry of a single file, which keeps the name that its address ends with. */
function oneFile({ address, bytes, digest, ...entry }: OneFile): CatalogueEntry {
  const path = address.slice(address.lastIndexOf('/') + 1);
  return { ...entry, path, files: [{ path, address, bytes, digest }] };
}

const MOBILENET = 'mobilenet_v1_0.75_224';

/** Every entry; an address is the publisher's own. */
export const weightCatalogue: readonly CatalogueEntry[] = [
  oneFile({
    name: 'vgg16',
    for: 'vgg16',
    use: 'backbone vgg16, trained by torchvision on ImageNet (with its dense layers, hence the size)',
    licence: 'BSD-3-Clause',
    address: 'https://download.pytorch.org/models/vgg16-397923af.pth',
    bytes: 553_433_881,
    digest: { algorithm: 'sha256', hex: '397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0' },
    digestFrom: 'the publisher states the first 8 digits (in the name), several projects that pin the file all of them',
  }),
  oneFile({
    name: 'vgg16-keras',
    for: 'vgg16',
    use: 'backbone vgg16, trained by the Visual Geometry Group on ImageNet, as Keras publishes it without dense layers',
    licence: 'CC BY 4.0',
    address:
      'https://storage.googleapis.com/tensorflow/keras-applications/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5',
    bytes: 58_889_256,
    digest: { algorithm: 'md5', hex: '6d6bbae143d832006294945121d1f1fc' },
    digestFrom: 'the publisher, who states MD5 only',
  }),
  oneFile({
    name: 'resnet50',
    for: 'resnet50',
    use: 'backbone resnet50, trained by torchvision on ImageNet (its first weights, IMAGENET1K_V1)',
    licence: 'BSD-3-Clause',
    address: 'https://download.pytorch.org/models/resnet50-0676ba61.pth',
    bytes: 102_530_333,
    digest: { algorithm: 'sha256', hex: '0676ba61b6795bbe1773cffd859882e5e297624d384b6993f7c9e683e722fb8a' },
    digestFrom: 'the publisher states the first 8 digits (in the name), several projects that pin the file all of them',
  }),
  {
    name: 'mobilenet',
    for: 'mobilenet',
    use: 'backbone mobilenet: MobileNetV1 of width 0.75, trained on ImageNet, for TensorFlow.js',
    licence: 'Apache-2.0',
    digestFrom: 'the copy that the studio is tested with',
    path: MOBILENET,
    files: mobilenetFiles.map(({ path, bytes, sha256 }) => ({
      path: `${MOBILENET}/${path}`,
      address: `https://storage.googleapis.com/tfjs-models/tfjs/${MOBILENET}/${path}`,
      bytes,
      digest: { algorithm: 'sha256', hex: sha256 },
    })),
  },
  oneFile({
    name: 'u2netp',
    for: 'saliency',
    use: 'saliency (--source onnx): the small U-2-Net',
    licence: 'Apache-2.0',
    address: 'https://github.com/danielgatis/rembg/releases/download/v0.0.0/u2netp.onnx',
    bytes: 4_574_861,
    digest: { algorithm: 'sha256', hex: '309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8' },
    digestFrom: 'the copy that the studio is tested with, whose MD5 is the one the publisher states',
  }),
  oneFile({
    name: 'u2net',
    for: 'saliency',
    use: 'saliency (--source onnx): the large U-2-Net',
    licence: 'Apache-2.0',
    address: 'https://github.com/danielgatis/rembg/releases/download/v0.0.0/u2net.onnx',
    bytes: 175_997_641,
    digest: { algorithm: 'sha256', hex: '8d10d2f3bb75ae3b6d527c77944fc5e7dcd94b29809d47a739a7a728a912b491' },
    digestFrom: 'several projects that pin the file',
  }),
];
