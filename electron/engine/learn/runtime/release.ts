import { StudioError } from '../../../../shared/errors.js';
import { devices, type Device } from '../../../../shared/machine-settings.js';
import { cudaWheels } from './cuda-wheels.js';
import type { Machine } from './places.js';

export { devices, type Device };

/** One file of the Python package index: what pip is asked for, and what must come back. */
export interface Wheel {
  /** Name of the package, e.g. `tensorflow-cpu`. */
  project: string;
  version: string;
  /** pip's --platform tag; `any` platform wheels keep the tag that pip is asked with. */
  tag: string;
  /** SHA-256 of the file, lower-case hex. */
  sha256: string;
  /** Size of the file, bytes. */
  bytes: number;
}

/** One runtime for one kind of machine: which TensorFlow, and of which wheels it is put together. */
export interface Release {
  tensorflow: string;
  /** Version of the npm package whose C++ binding is compiled against it. */
  tfjs: string;
  /** Node's names of platform and processor, e.g. `linux-x64`. */
  platform: string;
  device: Device;
  /** The TensorFlow wheel first; under CUDA the libraries of NVIDIA after it. None: the npm package's own prebuilt. */
  wheels: readonly Wheel[];
  /** File names of the two libraries inside the first wheel's folder `tensorflow/`. */
  libraries: readonly string[];
}

/** CPython version whose wheels are asked for: the libraries inside are the same for all. */
export const pythonVersion = '3.12';

const tensorflow = '2.21.0';
const tfjs = '4.22.0';
const linuxLibraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

const releases: readonly Release[] = [
  {
    tensorflow,
    tfjs,
    platform: 'linux-x64',
    device: 'cpu',
    wheels: [
      {
        project: 'tensorflow-cpu',
        version: tensorflow,
        tag: 'manylinux_2_27_x86_64',
        sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
        bytes: 274_000_871,
      },
    ],
    libraries: linuxLibraries,
  },
  {
    tensorflow,
    tfjs,
    platform: 'linux-x64',
    device: 'cuda',
    wheels: [
      {
        project: 'tensorflow',
        version: tensorflow,
        tag: 'manylinux_2_27_x86_64',
        sha256: 'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
        bytes: 572_611_111,
      },
      ...cudaWheels,
    ],
    libraries: linuxLibraries,
  },
  {
    tensorflow,
    tfjs,
    platform: 'linux-arm64',
    device: 'cpu',
    wheels: [
      {
        project: 'tensorflow',
        version: tensorflow,
        tag: 'manylinux_2_27_aarch64',
        sha256: 'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
        bytes: 281_946_471,
      },
    ],
    libraries: linuxLibraries,
  },
  {
    tensorflow,
    tfjs,
    platform: 'darwin-arm64',
    device: 'cpu',
    wheels: [
      {
        project: 'tensorflow',
        version: tensorflow,
        tag: 'macosx_12_0_arm64',
        sha256: '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712',
        bytes: 223_488_205,
      },
    ],
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
  },
  // The Windows wheel holds no library to link against: the version is that of the npm package's own download.
  { tensorflow: '2.9.1', tfjs, platform: 'win32-x64', device: 'cpu', wheels: [], libraries: [] },
];

/** The release for a machine and device. Throws runtime-unsupported where no wheel fits. */
export function releaseFor({ platform, arch }: Pick<Machine, 'platform' | 'arch'>, device: Device): Release {
  const found = releases.find((release) => release.platform === `${platform}-${arch}` && release.device === device);
  if (found) return found;
  const here = releases.filter((release) => release.platform === `${platform}-${arch}`);
  throw new StudioError({
    code: 'runtime-unsupported',
    message: `there is no TensorFlow ${tensorflow} with device ${device} for ${platform} on ${arch}`,
    remedy: here.length
      ? `Choose the device ${here.map((release) => release.device).join(' or ')} (--device).`
      : `Use one of these machines: ${[...new Set(releases.map((release) => release.platform))].join(', ')}.`,
  });
}

/** Every release that runs on a machine, the CPU first. */
export function releasesOf({ platform, arch }: Pick<Machine, 'platform' | 'arch'>): readonly Release[] {
  return releases.filter((release) => release.platform === `${platform}-${arch}`);
}
