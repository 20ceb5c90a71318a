import type { CliCommand } from '../command.js';
import { examine, type DoctorReport } from '../../engine/learn/runtime/doctor.js';
import { thisMachine } from '../../engine/learn/runtime/places.js';

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

function describe({ machine, versions, runtimes, memory, disk, problems }: DoctorReport): string {
  const rows: [string, string][] = [
    ['machine', `${machine.system}, ${machine.arch}, ${machine.cpu}, ${machine.cores} cores`],
    ['GPU', machine.nvidia ?? 'no NVIDIA driver'],
    ['memory', `${gigabytes(memory.freeBytes)} free of ${gigabytes(memory.totalBytes)}`],
    ['disk', `${gigabytes(disk.freeBytes)} free at ${disk.folder}`],
    ['comask', `${versions.comask}, Node ${versions.node}`],
    ['Python', versions.python ?? 'not found'],
    ['compiler', versions.compiler ?? 'none (the Python package ziglang is used)'],
    ...runtimes.map(({ device, tensorflow, gpu, gflops }): [string, string] => [
      `device ${device}`,
      tensorflow
        ? `TensorFlow ${tensorflow}${gpu ? ' on the GPU' : ''}${gflops === null ? '' : `, ${gflops.toFixed(0)} GFLOPS (3x3 convolution, 256 to 256 channels)`}`
        : 'not installed',
    ]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
  if (problems.length === 0) return `${table}\n\nEverything is in order.`;
  const list = problems.map(({ severity, message, remedy }) => `${severity}: ${message}\n  ${remedy}`);
  return `${table}\n\n${list.join('\n')}`;
}

/** `comask doctor`: what the studio runs on, how fast it is, and the remedy for each problem. */
export const doctorCommand: CliCommand = {
  register(program, run) {
    program
      .command('doctor')
      .summary('check machine, versions, devices and free space, and time a convolution')
      .description(
        'Looks at what the studio needs: machine, versions, the installed runtimes (each is loaded and times a\n' +
          'convolution for one second), free memory and disk. Names the remedy for each problem; ends with code 1\n' +
          'where one of them keeps the studio from working.',
      )
      .action(
        run(async ({ signal }) => {
          const report = await examine(thisMachine(), { comask: program.version() ?? '', signal });
          const failed = report.problems.some(({ severity }) => severity === 'error');
          return { data: report, text: describe(report), exitCode: failed ? 1 : 0 };
        }),
      );
  },
};
