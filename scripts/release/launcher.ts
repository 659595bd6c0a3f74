import { nodeMajorMin } from '../install/node-version.mjs';

/**
 * The command of a package. Nothing newer stands in it than what a Node of years ago can read, so that this says what is
 * wrong, and not a syntax error further in.
 */
export function launcherSource(name: string): string {
  return `#!/usr/bin/env node
if (Number(process.versions.node.split('.')[0]) >= ${nodeMajorMin}) await import('../program/main.js');
else {
  process.exitCode = 1;
  process.stderr.write(
    '${name} needs Node ${nodeMajorMin} or newer, and this is Node ' + process.versions.node + '. Install a newer one from https://nodejs.org, ' +
      'or use the program of one file, which brings its own.\\n',
  );
}
`;
}
