import { nodeMin } from '../install/node-version.mjs';

/**
 * The command of a package. Nothing newer stands in it than what a Node of years ago can read, so that this says what is
 * wrong, and not a syntax error further in.
 */
export function launcherSource(name: string): string {
  const [major = '', minor = ''] = nodeMin.split('.');
  return `#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > ${major} || (major === ${major} && minor >= ${minor})) await import('../program/main.js');
else {
  process.exitCode = 1;
  process.stderr.write(
    '${name} needs Node ${nodeMin} or newer, and this is Node ' + process.versions.node + '. Install a newer one from https://nodejs.org, ' +
      'or use the program of one file, which brings its own.\\n',
  );
}
`;
}
