import { fuzz } from '../../support/hostile/fuzz.js';
import { projectParsers } from '../../support/hostile/parsers/projects.js';

fuzz('projects', projectParsers);
