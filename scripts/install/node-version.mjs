import { execFileSync } from 'node:child_process';

/** The first Node that runs TypeScript as it is, with `node:sqlite`, without a flag or a warning. */
export const nodeMajorMin = 24;

/** @param {string} version as `process.version` has it: `v26.10.0` */
export function isNewEnough(version) {
  return Number(/^v?(\d+)\./.exec(version)?.[1]) >= nodeMajorMin;
}

/**
 * The version of a Node binary, or undefined when it is absent or does not run on this machine.
 *
 * @param {string} binary
 */
export function nodeVersionOf(binary) {
  try {
    return execFileSync(binary, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

/** @param {string} running the version of the Node that is too old */
export function nodeTooOldSentence(running) {
  return (
    `Node ${nodeMajorMin} or newer is needed and this is ${running === '' ? 'none' : running}: install it. ` +
    'The one that comes with Dataans does not run on this kind of machine.'
  );
}
