import { fuzz } from '../../support/hostile/fuzz.js';
import { pictureParsers } from '../../support/hostile/parsers/pictures.js';

fuzz('pictures', pictureParsers);
