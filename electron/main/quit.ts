/** What a person may answer when jobs are running. */
export const quitChoices = ['background', 'pause', 'cancel'] as const;
export type QuitChoice = (typeof quitChoices)[number];

/** `open` with a window, `background` without one while jobs go on, `ending` while the engine writes its checkpoints. */
export type QuitState = 'open' | 'background' | 'ending';

/** What to do: ask the person, keep all as it is, close the window only, or pause the jobs and quit. */
export type QuitStep = 'ask' | 'stay' | 'hide' | 'end';

/** When the window is closed, or the app is to quit. */
export function onLeave(state: QuitState, activeJobs: number): QuitStep {
  if (state === 'ending') return 'stay';
  return activeJobs > 0 ? 'ask' : 'end';
}

/** After the person's answer. */
export function onChoice(choice: QuitChoice): QuitStep {
  return ({ background: 'hide', pause: 'end', cancel: 'stay' } as const)[choice];
}

/** When jobs have changed: without a window, nothing is left to stay for once they are over. */
export function onJobs(state: QuitState, activeJobs: number): QuitStep {
  return state === 'background' && activeJobs === 0 ? 'end' : 'stay';
}
