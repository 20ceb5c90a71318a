import type { LocalizeSettings } from '../../../../../shared/settings/index.js';
import { random } from '../../random.js';
import { strategies } from './strategies.js';
import type { ReferenceRequest } from './types.js';

/** Whose references, and what they are chosen from. */
export interface Choice extends Pick<ReferenceRequest, 'id' | 'classIndex' | 'fixed' | 'descriptorOf'> {
  /** Images that carry the class and may be references, in order of id; the image itself may be among them. */
  members: readonly string[];
}

/** The images that may be references of an image and class. */
export const referenceCandidates = ({ id, members }: Pick<Choice, 'id' | 'members'>, settings: Pick<LocalizeSettings, 'references.self'>): readonly string[] =>
  settings['references.self'] ? members : members.filter((other) => other !== id); // prettier-ignore

/** The reference images of an image and class, the same ones at every call; none where there is no candidate. */
export function chosenReferences(choice: Choice, settings: LocalizeSettings): string[] {
  const { id, classIndex } = choice;
  const request: ReferenceRequest = {
    ...choice,
    candidates: referenceCandidates(choice, settings),
    count: settings['references.count'],
    rng: random(settings.seed, 'references', id, classIndex),
  };
  return strategies[settings['references.strategy']].choose(request, settings);
}
