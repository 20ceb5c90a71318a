/** The oldest Node that everything here runs on; package.json says the same under `engines`. */
export const minimumNode = '20.19.0';

/** True when `version`, as in `process.versions.node`, is at least `minimum`. */
export function isNodeNewEnough(version, minimum = minimumNode) {
  const [have, want] = [version, minimum].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  for (let i = 0; i < want.length; i++) if (have[i] !== want[i]) return have[i] > want[i];
  return true;
}

/** What a person with too old a Node reads. */
export function oldNodeMessage(version) {
  return (
    `error: Node ${version} is too old: ${minimumNode} or newer is needed\n` +
    '  Install a current Node from https://nodejs.org (or: nvm install 22) and type the command again.'
  );
}
