import { fuzz } from '../../support/hostile/fuzz.js';
import { weightParsers } from '../../support/hostile/parsers/weights.js';

fuzz('weights', weightParsers);
