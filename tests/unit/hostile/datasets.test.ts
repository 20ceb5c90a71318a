import { fuzz } from '../../support/hostile/fuzz.js';
import { datasetParsers } from '../../support/hostile/parsers/datasets.js';

fuzz('datasets', datasetParsers);
