import { execFileSync } from 'node:child_process';

/** The first Node that runs TypeScript as it is, with `node:sqlite` as we use it, without a flag or a warning. */
export const nodeMin = '24.15';

/** @param {string} version as `process.version` has it: `v26.10.0` */
export function isNewEnough(version) {
  const [major = NaN, minor = NaN] = version.replace(/^v/, '').split('.').map(Number);
  const [majorMin = NaN, minorMin = NaN] = nodeMin.split('.').map(Number);
  return major > majorMin || (major === majorMin && minor >= minorMin);
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
    `Node ${nodeMin} or newer is needed and this is ${running === '' ? 'none' : running}: install it. ` +
    'The one that comes with Dataans does not run on this kind of machine.'
  );
}
