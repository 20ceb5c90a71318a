import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectArgument } from '../../../../electron/main/project-argument.js';

it('the project that a start names is the first that is no switch, from where it was typed', () => {
  expect(projectArgument([], '/home')).toBeNull();
  expect(projectArgument(['--no-sandbox', ''], '/home')).toBeNull();
  expect(projectArgument(['--no-sandbox', 'birds'], '/home')).toBe(join('/home', 'birds'));
  expect(projectArgument(['/birds/birds.comask'], '/home')).toBe('/birds/birds.comask');
});
