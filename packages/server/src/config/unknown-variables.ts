import { findClosest } from '@dataans/core';
import { exitCodes, OperatorError } from '../operator-error.ts';
import type { Environment } from './environment.ts';
import { optionNames } from './options.ts';
import { remoteVariables } from './remote-place.ts';

const prefix = 'DATAANS_';

/** Variables with our prefix that are no options: single commands or other programs of Dataans read them. */
const othersVariables: ReadonlySet<string> = new Set([
  'DATAANS_CONFIG',
  ...remoteVariables,
  // The command line's.
  'DATAANS_HOME',
  'DATAANS_PASSWORD',
  'DATAANS_NEW_PASSWORD',
  'DATAANS_PASSPHRASE',
  'DATAANS_DEBUG',
  // Those of whoever works on it.
  'DATAANS_CHROMIUM',
  'DATAANS_PAINTER',
  'DATAANS_TEST_LARGE',
]);

/** Throws `OperatorError` for a variable that looks like an option and is none: somebody may rely on it. // SRV-30 */
export function refuseUnknownVariables(environment: Environment): void {
  const known: ReadonlySet<string> = new Set(optionNames);
  for (const name of Object.keys(environment)) {
    if (!name.startsWith(prefix) || known.has(name) || othersVariables.has(name)) continue;
    const closest = findClosest(name, optionNames);
    throw new OperatorError(
      `The environment has an unknown option ${name}. ${closest === null ? 'Remove it. To see all options: dataans-server --help' : `Did you mean ${closest}?`}`,
      { exitCode: exitCodes.usage },
    );
  }
}
