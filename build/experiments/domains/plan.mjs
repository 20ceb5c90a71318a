import { join } from 'node:path';
import { writeSingle, writeTarget, writeWeb } from './derive.mjs';

/** Share of each class's web labels that the audit drops. */
export const SHARE = 0.2;

/** The audit judges by the weights half-way through: later ones know more and more wrong labels by heart. */
const auditEpoch = (epochs) => Math.ceil(epochs / 2);

/** The trainings that are compared. */
export const runs = [
  { name: 'image-level', project: 'image-level', title: '1. image-level labels only' },
  { name: 'single-three', project: 'single', title: '2. and single-label photos, three W_P', wp: 'three' },
  { name: 'single-one', project: 'single', title: '2. the same, one W_P', wp: 'one' },
  { name: 'web', project: 'web', title: '3. and web photos, no audit' },
  { name: 'web-audited', project: 'web', title: '3. the same, audited labels' },
];

/** The builtin saliency deserves less weight in the fusion than a network's, which the default is for. */
const builtinFusion = { 'plain.saliencyWeight': 0.3, 'plain.background': 0.25 };

const setOptions = (settings) => Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);

/** The steps in order (build/steps/run.mjs); everything is written below `out`. */
export function stepsOf(out, options) {
  const { weights, backbone, size, epochs, seed, device, saliency } = options;
  const datasetOf = (name) => join(out, 'datasets', name);
  const projectOf = (name) => join(out, name);
  const onDevice = device ? ['--device', device] : [];
  const namesOf = (done) => done['new-image-level'].result.classes;

  const newProject = (name) => ({
    name: `new-${name}`,
    about: `project ${name}: the target`,
    fresh: projectOf(name),
    command: ['new', projectOf(name), '--dataset', datasetOf('target')],
    keep: ({ classes }) => ({ classes }),
  });
  const saliencyOf = (name, source) => ({
    name: `saliency-${name}`,
    about: `project ${name}: saliency maps`,
    command: ['saliency', projectOf(name), '--saliency', 'all', ...source],
  });
  const madeSaliency = ['--source', 'folder', '--path', join(projectOf('image-level'), 'saliency', 'all')];
  const source = saliency ? ['--source', 'onnx', '--path', saliency] : ['--source', 'builtin'];
  const added = (name, write) => [
    {
      name: `photos-${name}`,
      about: `project ${name}: its photos`,
      work: (done) => write(options, namesOf(done), datasetOf(name)),
    },
    newProject(name),
    {
      name: `add-${name}`,
      about: `project ${name}: adding its photos`,
      command: ['add', projectOf(name), '--dataset', datasetOf(name), '--domain', name],
    },
    saliencyOf(name, madeSaliency),
  ];

  const measured = ({ name, project: projectName, wp }) => {
    const project = projectOf(projectName);
    const train = ['train', project, '--run', name];
    const evaluate = (kind) => ({
      name: `evaluate-${kind}-${name}`,
      about: `${name}: measuring its ${kind}`,
      command: ['evaluate', project, `--${kind}`, name],
      keep: ({ mIoU, evaluated }) => ({ mIoU, evaluated }),
    });
    return [
      {
        name: `train-${name}`,
        about: `${name}: training`,
        command: [
          ...[...train, '--backbone', backbone, '--seed', String(seed)],
          ...(weights ? ['--weights', weights] : []),
          ...(wp ? ['--wp', wp] : []),
          ...setOptions({ epochs, inputSize: size }),
          ...onDevice,
        ],
        resume: { when: join(project, 'runs', name, 'settings.json'), command: [...train, '--resume', ...onDevice] },
      },
      {
        name: `localize-${name}`,
        about: `${name}: multi-round maps of the target`,
        command: ['localize', project, '--run', name, '--maps', name, ...onDevice],
      },
      {
        name: `masks-${name}`,
        about: `${name}: fusing maps and saliency`,
        command: [
          ...['masks', project, '--masks', name, '--maps', name, '--saliency', 'all'],
          ...setOptions(saliency ? {} : builtinFusion),
        ],
      },
      evaluate('maps'),
      evaluate('masks'),
    ];
  };
  const stepsOfRun = (name) => measured(runs.find((run) => run.name === name));

  const audit = [
    {
      name: 'audit',
      about: 'web: auditing its labels, dropping the worst',
      command: [
        ...['labels', 'audit', projectOf('web'), '--run', 'web', '--apply', 'drop', '--csv', join(out, 'audit.csv')],
        ...['--epoch', String(auditEpoch(epochs)), '--share', String(SHARE), ...onDevice],
      ],
    },
    {
      name: 'confidences',
      about: 'web: listing every confidence',
      command: ['labels', 'list', projectOf('web'), '--run', 'web', '--share', '1'],
      keep: ({ labels }) => ({ labels }),
    },
  ];

  return [
    { name: 'photos-target', about: 'the target photos', work: () => writeTarget(options, datasetOf('target')) },
    newProject('image-level'),
    saliencyOf('image-level', source),
    ...stepsOfRun('image-level'),
    ...added('single', writeSingle),
    ...stepsOfRun('single-three'),
    ...stepsOfRun('single-one'),
    ...added('web', writeWeb),
    // The maps of the unaudited run come before the audit: dropped labels are no references either.
    ...stepsOfRun('web'),
    ...audit,
    ...stepsOfRun('web-audited'),
  ];
}
